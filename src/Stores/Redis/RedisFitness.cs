using System.Globalization;
using Parking.Ports;
using StackExchange.Redis;

namespace Parking.Stores.Redis;

/// <summary>Checks whether what Redis acknowledges is on its disk, and stays there.</summary>
internal static class RedisDurability
{
    /// <summary>Checks every primary.</summary>
    /// <exception cref="StoreUnavailableException">One of them would lose data; the message says what to set.</exception>
    public static async Task CheckAsync(IReadOnlyList<IServer> primaries)
    {
        var reports = await Task.WhenAll(primaries.Select(async primary =>
            (primary.EndPoint, Info: await ReadInfoAsync(primary), Fsync: await ReadFsyncAsync(primary))));
        foreach (var (endPoint, info, fsync) in reports)
        {
            if (info.GetValueOrDefault("aof_enabled") != "1")
            {
                throw new StoreUnavailableException(
                    $"Redis at {endPoint} keeps no append-only file: stays would be lost when it restarts. "
                        + "Set 'appendonly yes' there (or, for a test, Redis:AllowVolatile here).");
            }

            if (fsync == "everysec")
            {
                throw new StoreUnavailableException(
                    $"Redis at {endPoint} may answer before it writes ('appendfsync everysec' puts writes off while a sync is running): "
                        + "stays would be lost when it is killed. "
                        + "Set 'appendfsync always' there (or, for a test, Redis:AllowVolatile here).");
            }

            if (info.GetValueOrDefault("maxmemory_policy") is { } policy && policy.StartsWith("allkeys", StringComparison.Ordinal)
                && info.GetValueOrDefault("maxmemory") != "0")
            {
                throw new StoreUnavailableException(
                    $"Redis at {endPoint} drops any key when its memory is full (maxmemory-policy {policy}): stays would be lost. "
                        + "Set 'maxmemory-policy noeviction' there (or, for a test, Redis:AllowVolatile here).");
            }
        }
    }

    /// <summary>The setting <c>appendfsync</c>; null if this user may not ask for it.</summary>
    private static async Task<string?> ReadFsyncAsync(IServer server)
    {
        try
        {
            return (await server.ConfigGetAsync("appendfsync")).Select(setting => setting.Value).FirstOrDefault();
        }
        catch (RedisServerException error) when (error.Kind == RedisErrorKind.NoPermission || !RedisFaults.IsOutage(error))
        {
            return null;
        }
    }

    private static async Task<Dictionary<string, string>> ReadInfoAsync(IServer server)
    {
        var sections = await Task.WhenAll(server.InfoAsync("persistence"), server.InfoAsync("memory"));
        return sections.SelectMany(section => section).SelectMany(group => group).DistinctBy(line => line.Key).ToDictionary();
    }
}

/// <summary>
/// Checks whose data a Redis has. The data of a simulation bears a mark from its first moment; the data of any other service does not.
/// </summary>
internal static class RedisOwner
{
    /// <summary>
    /// Looks for the mark. A simulation that finds neither mark nor data claims the database. One that has claimed it before marks it
    /// again: somebody has emptied it.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The data belongs to another owner; the message says what to do.</exception>
    public static async Task CheckAsync(IDatabase database, IReadOnlyList<IServer> primaries, bool isSimulation, bool isKnown)
    {
        var isMarked = await database.KeyExistsAsync(StoreKeys.Simulation);
        if (isMarked && !isSimulation)
        {
            throw new StoreUnavailableException(
                $"Redis at {NamesOf(primaries)} has a simulation's data in database {database.Database}: nothing in it has happened. "
                    + "Name another database in Redis:Configuration, or empty this one.");
        }

        if (isSimulation && !isMarked)
        {
            var sizes = await Task.WhenAll(primaries.Select(primary => primary.DatabaseSizeAsync(database.Database)));
            if (!isKnown && sizes.Any(size => size > 0))
            {
                throw new StoreUnavailableException(
                    $"Redis at {NamesOf(primaries)} has data in database {database.Database} that is no simulation's. "
                        + "Name an empty database in Redis:Configuration.");
            }

            await database.StringSetAsync(StoreKeys.Simulation, "1");
        }
    }

    private static string NamesOf(IReadOnlyList<IServer> primaries) => string.Join(", ", primaries.Select(primary => primary.EndPoint));
}

/// <summary>Checks whether a Redis has the layout that this version knows, written under the secrets that this service has.</summary>
internal static class RedisAbout
{
    /// <summary>Notes layout and secrets where nothing is noted, and compares them with what is.</summary>
    /// <exception cref="StoreRefusedException">Something differs; the reasons say what to do.</exception>
    public static async Task CheckAsync(IDatabase database, IReadOnlyList<IServer> primaries, IReadOnlyList<SecretCheck> secrets)
    {
        var layout = StoreKeys.Layout.ToString(CultureInfo.InvariantCulture);
        RedisValue[] expected = [StoreKeys.LayoutField, layout, .. secrets.SelectMany(FieldOf)];
        var kept = (RedisValue[])(await database.ScriptEvaluateAsync(StoreScripts.KeepFields, [StoreKeys.About], expected))!;
        var store = $"Redis at {string.Join(", ", primaries.Select(primary => primary.EndPoint))}, database {database.Database}";
        if (kept[0] != layout)
        {
            throw new StoreRefusedException([
                $"{store}, has layout {kept[0]}, and this version of the service knows layout {layout}. Run the version that wrote it, or "
                    + "name another database in Redis:Configuration.",
            ]);
        }

        var differing = secrets.Where((secret, i) => kept[i + 1] != secret.Value).Select(secret => secret.Refuse(store)).ToList();
        if (differing.Count > 0)
        {
            throw new StoreRefusedException(differing);
        }
    }

    private static RedisValue[] FieldOf(SecretCheck secret) => [StoreKeys.CheckField + secret.Setting, secret.Value];
}

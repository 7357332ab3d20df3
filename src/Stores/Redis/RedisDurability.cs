using Parking.Ports;
using StackExchange.Redis;

namespace Parking.Stores.Redis;

/// <summary>Whether what Redis acknowledges is on its disk, and stays there.</summary>
internal static class RedisDurability
{
    /// <summary>Asks every primary.</summary>
    /// <exception cref="StoreUnavailableException">One of them would forget; the message says what to set.</exception>
    public static async Task CheckAsync(IReadOnlyList<IServer> primaries)
    {
        var reports = await Task.WhenAll(primaries.Select(async primary =>
            (primary.EndPoint, Info: await ReadInfoAsync(primary), Fsync: await ReadFsyncAsync(primary))));
        foreach (var (endPoint, info, fsync) in reports)
        {
            if (info.GetValueOrDefault("aof_enabled") != "1")
            {
                throw new StoreUnavailableException(
                    $"Redis at {endPoint} keeps no append-only file: stays would be lost when it restarts. Set 'appendonly yes' there (or, for a test, Redis:AllowVolatile here).");
            }

            if (fsync == "everysec")
            {
                throw new StoreUnavailableException(
                    $"Redis at {endPoint} may answer before it writes ('appendfsync everysec' puts writes off while a sync is running): stays would be lost when it is killed. Set 'appendfsync always' there (or, for a test, Redis:AllowVolatile here).");
            }

            if (info.GetValueOrDefault("maxmemory_policy") is { } policy && policy.StartsWith("allkeys", StringComparison.Ordinal)
                && info.GetValueOrDefault("maxmemory") != "0")
            {
                throw new StoreUnavailableException(
                    $"Redis at {endPoint} drops any key when its memory is full (maxmemory-policy {policy}): stays would be lost. Set 'maxmemory-policy noeviction' there (or, for a test, Redis:AllowVolatile here).");
            }
        }
    }

    /// <summary>How the append-only file is written; null where this user may not ask.</summary>
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

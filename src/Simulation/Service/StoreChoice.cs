namespace Parking.Simulation.Service;

/// <summary>The chosen store and the reason for the choice. The demo prints both.</summary>
/// <param name="RedisProgram">The redis-server to start; null for the embedded store.</param>
/// <param name="Reason">For a person to read.</param>
internal sealed record StoreChoice(string? RedisProgram, string Reason)
{
    /// <summary>Chooses a store.</summary>
    /// <param name="wanted">The requested kind.</param>
    /// <param name="found">The redis-server on the PATH; null if there is none.</param>
    /// <exception cref="ServiceStartException">Redis was requested and is not available.</exception>
    public static StoreChoice Make(StoreKind wanted, (string Path, Version Version)? found) => (wanted, found) switch
    {
        (StoreKind.Embedded, _) => new(null, "embedded SQLite"),
        (_, { } redis) when redis.Version.Major >= PrivateRedis.LeastMajorVersion =>
            new(redis.Path, $"a private redis-server {redis.Version}, found on the PATH"),
        (StoreKind.Redis, { } redis) => throw new ServiceStartException(
            $"redis-server {redis.Version} on the PATH is older than {PrivateRedis.LeastMajorVersion}. Install a newer one, or use "
                + $"--store embedded."),
        (StoreKind.Redis, null) => throw new ServiceStartException(
            "There is no redis-server on the PATH. Install it (Debian: apt-get install redis-server), or use --store embedded."),
        (_, { } redis) =>
            new(null, $"embedded SQLite: redis-server {redis.Version} on the PATH is older than {PrivateRedis.LeastMajorVersion}"),
        _ => new(null, "embedded SQLite: there is no redis-server on the PATH"),
    };
}

/// <summary>The live store of the demo's service.</summary>
public enum StoreKind
{
    /// <summary>A private redis-server if one is on the PATH, otherwise the embedded store.</summary>
    Auto,

    /// <summary>A private redis-server. Without one the demo does not start.</summary>
    Redis,

    /// <summary>SQLite inside the service.</summary>
    Embedded,
}

namespace Parking.Stores.Redis;

/// <summary>Section <c>Redis</c> of the configuration.</summary>
public sealed class RedisOptions
{
    public const string Section = "Redis";

    /// <summary>
    /// Where it is, as StackExchange.Redis writes it: <c>host:port,host:port,password=…,ssl=true,defaultDatabase=0</c>.
    /// Redis 7 or later, or Valkey; single, with replicas, or a cluster. The default is null: the embedded store is used.
    /// </summary>
    public string? Configuration { get; set; }

    /// <summary>Accepts a Redis that forgets everything when it restarts. For tests. The default is false.</summary>
    public bool AllowVolatile { get; set; }
}

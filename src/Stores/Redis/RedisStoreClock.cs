using NodaTime;
using Parking.Ports;

namespace Parking.Stores.Redis;

/// <summary>The clock of the Redis that answers; those of a cluster's shards are expected to agree.</summary>
public sealed class RedisStoreClock(RedisConnection redis) : IStoreClock
{
    public Task<Instant?> ReadAsync() => redis.RunAsync<Instant?>(async db =>
    {
        var parts = (long[])(await db.ExecuteAsync("TIME"))!;
        return Instant.FromUnixTimeSeconds(parts[0]) + Duration.FromTicks(parts[1] * (NodaConstants.TicksPerMillisecond / 1000));
    });
}

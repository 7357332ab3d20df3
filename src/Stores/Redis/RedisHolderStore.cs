using Parking.Codes;
using Parking.Ports;
using StackExchange.Redis;

namespace Parking.Stores.Redis;

/// <summary>Citizens and garages in the same Redis as the live stays.</summary>
public sealed class RedisHolderStore(RedisConnection redis) : IHolderStore
{
    public Task<HolderId> FindOrAddAsync(CitizenKey citizen, HolderId proposed) => redis.RunAsync(async db =>
    {
        // SET NX GET, one step since Redis 7: what was there stays and is told.
        var before = await db.StringSetAndGetAsync(StoreKeys.Citizen(citizen), RedisBytes.Of(proposed.Value), when: When.NotExists);
        return before.IsNull ? proposed : RedisBytes.ReadHolder(before);
    });

    public Task<HolderId?> FindAsync(CitizenKey citizen) => redis.RunAsync<HolderId?>(async db =>
    {
        var found = await db.StringGetAsync(StoreKeys.Citizen(citizen));
        return found.IsNull ? null : RedisBytes.ReadHolder(found);
    });

    public Task<StoredGarage> LoadGarageAsync(HolderId holder) => redis.RunAsync(async db =>
    {
        var (version, content) = RedisBytes.ReadVersioned(await db.StringGetAsync(StoreKeys.Garage(holder)));
        return new StoredGarage(version, content);
    });

    public Task<bool> SaveGarageAsync(HolderId holder, long expectedVersion, ReadOnlyMemory<byte> content) => redis.RunAsync(async db =>
    {
        var outcome = await db.ScriptEvaluateAsync(
            StoreScripts.Replace,
            [StoreKeys.Garage(holder)],
            [RedisBytes.VersionOrNone(expectedVersion), RedisBytes.Of(expectedVersion + 1), content]);
        return (int)outcome == 1;
    });
}

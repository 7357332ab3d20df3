using Parking.Codes;
using Parking.Ports;
using StackExchange.Redis;

namespace Parking.Stores.Redis;

/// <summary>Keeps citizens and vehicle accounts in the same Redis as the live stays.</summary>
public sealed class RedisAccountStore(RedisConnection redis) : IAccountStore
{
    public Task<CitizenHolder> FindOrAddAsync(CitizenKey citizen, HolderId proposed) => redis.RunAsync(async db =>
    {
        // SET NX GET is one step since Redis 7: it keeps a holder that is there, and returns it.
        var before = await db.StringSetAndGetAsync(StoreKeys.Citizen(citizen), RedisBytes.Of(proposed.Value), when: When.NotExists);
        return before.IsNull ? new(proposed) : RedisBytes.ReadCitizen(before);
    });

    public Task<CitizenHolder?> FindAsync(CitizenKey citizen) => redis.RunAsync<CitizenHolder?>(async db =>
    {
        var found = await db.StringGetAsync(StoreKeys.Citizen(citizen));
        return found.IsNull ? null : RedisBytes.ReadCitizen(found);
    });

    public Task<bool> ReplaceHolderAsync(CitizenKey citizen, CitizenHolder expected, CitizenHolder replacement) =>
        redis.RunAsync(async db =>
        {
            var outcome = await db.ScriptEvaluateAsync(
                StoreScripts.Swap, [StoreKeys.Citizen(citizen)], [RedisBytes.Of(expected), RedisBytes.Of(replacement)]);
            return (int)outcome == 1;
        });

    public Task<StoredVehicleAccount> LoadAccountAsync(HolderId holder) => redis.RunAsync(async db =>
    {
        var (version, content) = RedisBytes.ReadVersioned(await db.StringGetAsync(StoreKeys.VehicleAccount(holder)));
        return new StoredVehicleAccount(version, content);
    });

    public Task<bool> SaveAccountAsync(HolderId holder, long expectedVersion, ReadOnlyMemory<byte> content) => redis.RunAsync(async db =>
    {
        var outcome = await db.ScriptEvaluateAsync(
            StoreScripts.Replace,
            [StoreKeys.VehicleAccount(holder)],
            [RedisBytes.VersionOrNone(expectedVersion), RedisBytes.Of(expectedVersion + 1), content]);
        return (int)outcome == 1;
    });
}

using NodaTime;
using Parking.Ports;

namespace Parking.Stores.Redis;

/// <summary>Keeps withdrawn sign-ins in the same Redis as the live stays.</summary>
public sealed class RedisWithdrawalStore(RedisConnection redis) : IWithdrawalStore
{
    public Task<Instant?> FindAsync(CitizenKey person) => redis.RunAsync<Instant?>(async db =>
    {
        var found = await db.StringGetAsync(StoreKeys.Withdrawal(person));
        return found.IsNull ? null : Instant.FromUnixTimeMilliseconds((long)found);
    });

    public Task WithdrawAsync(CitizenKey person, Instant through) => redis.RunAsync(db => db.ScriptEvaluateAsync(
        StoreScripts.Raise,
        [StoreKeys.Withdrawal(person)],
        [through.ToUnixTimeMilliseconds(), (long)IWithdrawalStore.Retention.TotalMilliseconds]));
}

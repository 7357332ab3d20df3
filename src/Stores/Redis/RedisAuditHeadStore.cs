using Parking.Ports;

namespace Parking.Stores.Redis;

/// <summary>Keeps the last signed head of the audit in the same Redis as the live stays.</summary>
public sealed class RedisAuditHeadStore(RedisConnection redis) : IAuditHeadStore
{
    public Task<string?> LoadAsync() => redis.RunAsync(async db => (string?)await db.StringGetAsync(StoreKeys.AuditHead));

    public Task<bool> ReplaceAsync(string? expected, string head) => redis.RunAsync(
        async db => (int)await db.ScriptEvaluateAsync(StoreScripts.SwapText, [StoreKeys.AuditHead], [expected ?? "", head]) == 1);

    /// <remarks>A Redis is for many programs.</remarks>
    public Task<string?> PeekAsync() => LoadAsync();
}

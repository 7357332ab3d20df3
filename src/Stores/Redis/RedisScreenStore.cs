using NodaTime;
using Parking.Ports;
using StackExchange.Redis;

namespace Parking.Stores.Redis;

/// <summary>Keeps wall screens in the same Redis as the live stays.</summary>
public sealed class RedisScreenStore(RedisConnection redis) : IScreenStore
{
    public Task<IReadOnlyList<StoredScreen>> LoadAsync() => redis.RunAsync<IReadOnlyList<StoredScreen>>(async db =>
    {
        var fields = (await db.HashGetAllAsync(StoreKeys.Screens)).ToDictionary(field => field.Name.ToString(), field => field.Value);
        return
        [
            .. fields.Where(field => !field.Key.EndsWith(StoreKeys.SeenSuffix, StringComparison.Ordinal))
                .Select(field => Read(field.Key, field.Value, fields.GetValueOrDefault(field.Key + StoreKeys.SeenSuffix))),
        ];
    });

    public Task<StoredScreen?> FindAsync(string id) => redis.RunAsync<StoredScreen?>(async db =>
    {
        var found = await db.HashGetAsync(StoreKeys.Screens, [id, id + StoreKeys.SeenSuffix]);
        return found[0].IsNull ? null : Read(id, found[0], found[1]);
    });

    public Task<bool> SwapAsync(string id, string? expected, string content) => redis.RunAsync(async db =>
        (int)await db.ScriptEvaluateAsync(StoreScripts.SwapScreen, [StoreKeys.Screens], [id, expected ?? "", content]) == 1);

    public Task NoteSeenAsync(string id, Instant at) => redis.RunAsync(db => db.ScriptEvaluateAsync(
        StoreScripts.SeeScreen, [StoreKeys.Screens], [id, id + StoreKeys.SeenSuffix, at.ToUnixTimeMilliseconds()]));

    private static StoredScreen Read(string id, RedisValue content, RedisValue seen) =>
        new(id, content.ToString(), seen.IsNull ? null : Instant.FromUnixTimeMilliseconds((long)seen));
}

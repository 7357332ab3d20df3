using Parking.Ports;
using StackExchange.Redis;

namespace Parking.Stores.Redis;

/// <summary>Keeps the sealed keys for cookies in the same Redis as the live stays.</summary>
public sealed class RedisPageKeyStore(RedisConnection redis) : IPageKeyStore
{
    public Task<IReadOnlyList<SealedPageKey>> LoadAsync() => redis.RunAsync<IReadOnlyList<SealedPageKey>>(async db =>
        [.. (await db.HashGetAllAsync(StoreKeys.PageKeys)).Select(key => new SealedPageKey(key.Name.ToString(), (byte[])key.Value!))]);

    public Task AddAsync(SealedPageKey key) =>
        redis.RunAsync(db => db.HashSetAsync(StoreKeys.PageKeys, key.Name, key.Content, When.NotExists));
}

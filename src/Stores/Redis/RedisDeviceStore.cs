using NodaTime;
using Parking.Codes;
using Parking.Ports;
using StackExchange.Redis;

namespace Parking.Stores.Redis;

/// <summary>Keeps devices and revoked certificates in the same Redis as the live stays.</summary>
public sealed class RedisDeviceStore(RedisConnection redis) : IDeviceStore
{
    public Task<StoredDevices> LoadAsync(HolderId holder) => redis.RunAsync(async db =>
    {
        var (version, content) = RedisBytes.ReadVersioned(await db.StringGetAsync(StoreKeys.Devices(holder)));
        return new StoredDevices(version, content);
    });

    public Task<bool> SaveAsync(HolderId holder, long expectedVersion, ReadOnlyMemory<byte> content) => redis.RunAsync(async db =>
    {
        var outcome = await db.ScriptEvaluateAsync(
            StoreScripts.Replace,
            [StoreKeys.Devices(holder)],
            [RedisBytes.VersionOrNone(expectedVersion), RedisBytes.Of(expectedVersion + 1), content]);
        return (int)outcome == 1;
    });

    public Task RevokeAsync(IReadOnlyCollection<CertificateMark> certificates, Instant oldest) => redis.RunAsync(db =>
        db.ScriptEvaluateAsync(
            StoreScripts.Revoke,
            [StoreKeys.Revoked, StoreKeys.RevokedEnds, StoreKeys.RevokedNewest],
            [
                oldest.ToUnixTimeSeconds(),
                .. certificates.Where(certificate => certificate.ExpiresAt > oldest)
                    .SelectMany(one => new RedisValue[] { RedisBytes.Of(one), one.ExpiresAt.ToUnixTimeSeconds() }),
            ]));

    public Task<RevocationPage> ReadRevocationsAsync(long after, int limit) => redis.RunAsync(async db =>
    {
        // The number is read first: what is added meanwhile may be among the entries, and is read again.
        var newest = await db.StringGetAsync(StoreKeys.RevokedNewest);
        var entries = await db.SortedSetRangeByScoreWithScoresAsync(
            StoreKeys.Revoked, after, exclude: Exclude.Start, take: limit);
        return new RevocationPage(
            [.. entries.Select(entry => new NumberedRevocation((long)entry.Score, RedisBytes.ReadRevoked(entry.Element)))],
            newest.IsNull ? 0 : (long)newest);
    });
}

using Parking.Facilities;
using Parking.Ports;
using StackExchange.Redis;

namespace Parking.Stores.Redis;

/// <summary>What a facility has of its own.</summary>
public sealed partial class RedisLiveStore
{
    public Task<string> EpochAsync() => redis.EpochAsync();

    public Task<IReadOnlyList<long>> AcknowledgedAsync(FacilityId facility, IReadOnlyList<GateJournal> journals) =>
        redis.RunAsync<IReadOnlyList<long>>(async db =>
        {
            var marks = await Task.WhenAll(journals.Select(journal => db.StringGetAsync(StoreKeys.Mark(facility, journal.Gate, journal.Journal))));
            return [.. marks.Select(mark => mark.IsNull ? 0 : (long)mark)];
        });

    public Task<StoredLog> LoadLogAsync(FacilityId facility) => redis.RunAsync(async db =>
    {
        var (version, content) = RedisBytes.ReadVersioned(await db.StringGetAsync(StoreKeys.Log(facility)));
        return new StoredLog(version, content);
    });

    public Task<bool> CommitLogAsync(FacilityId facility, long expectedVersion, ReadOnlyMemory<byte> content) => redis.RunAsync(async db =>
    {
        var outcome = await db.ScriptEvaluateAsync(
            StoreScripts.Replace,
            [StoreKeys.Log(facility)],
            [RedisBytes.VersionOrNone(expectedVersion), RedisBytes.Of(expectedVersion + 1), content]);
        return (int)outcome == 1;
    });

    public Task SetClosedAsync(FacilityId facility, bool isClosed) => redis.RunAsync(db => isClosed
        ? db.HashSetAsync(StoreKeys.Watch(facility), StoreKeys.ClosedField, RedisValue.EmptyString)
        : db.HashDeleteAsync(StoreKeys.Watch(facility), StoreKeys.ClosedField));

    public Task HearAsync(FacilityId facility, IReadOnlyList<HeardGate> heard) => redis.RunAsync(async db =>
    {
        await db.HashSetAsync(StoreKeys.Watch(facility), [.. heard.SelectMany(RedisBytes.FieldsOf)]);
        return true;
    });

    public Task<IReadOnlyList<FacilityGlance>> GlanceAsync(IReadOnlyList<FacilityId> facilities) =>
        redis.RunAsync<IReadOnlyList<FacilityGlance>>(async db => await Task.WhenAll(facilities.Select(facility => GlanceAsync(db, facility))));

    /// <summary>Three questions, sent as one.</summary>
    private static async Task<FacilityGlance> GlanceAsync(IDatabase db, FacilityId facility)
    {
        var spaces = db.HashLengthAsync(StoreKeys.Spaces(facility));
        var logVersion = db.StringGetRangeAsync(StoreKeys.Log(facility), 0, sizeof(ulong) - 1);
        var watch = await db.HashGetAllAsync(StoreKeys.Watch(facility));
        return new(
            (int)await spaces,
            watch.Any(entry => entry.Name == StoreKeys.ClosedField),
            RedisBytes.ReadVersioned(await logVersion).Version,
            RedisBytes.ReadHeard(watch));
    }
}

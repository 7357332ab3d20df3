using System.Globalization;
using NodaTime;
using Parking.Codes;
using Parking.Events;
using Parking.Facilities;
using Parking.Ports;
using StackExchange.Redis;

namespace Parking.Stores.Redis;

/// <summary>The live store in Redis, for any number of instances of the service.</summary>
public sealed class RedisLiveStore(RedisConnection redis) : ILiveStore
{
    private const int PageSize = 1000;

    /// <summary>Lua's <c>unpack</c> puts each argument on a stack of 8,000.</summary>
    private const int EventsPerScript = 1000;

    private static readonly long AnswerSeconds = (long)IJournalStore.AnswerRetention.TotalSeconds;

    /// <summary>
    /// The partition with which the next read of the outgoing lists begins. It rotates, so that a busy partition does not keep the others
    /// waiting.
    /// </summary>
    private uint _nextPartition;

    public Task<StoredTimeline> LoadAsync(HolderId holder) => redis.RunAsync(async db =>
    {
        var (version, content) = RedisBytes.ReadVersioned(await db.StringGetAsync(StoreKeys.Timeline(holder)));
        return new StoredTimeline(version, content);
    });

    public Task<bool> CommitAsync(HolderId holder, long expectedVersion, ReadOnlyMemory<byte> content) => redis.RunAsync(async db =>
    {
        var outcome = await db.ScriptEvaluateAsync(
            StoreScripts.Commit,
            [
                StoreKeys.Timeline(holder),
                StoreKeys.Outgoing(StoreKeys.PartitionOf(holder)),
                StoreKeys.Archive(StoreKeys.PartitionOf(holder)),
            ],
            [RedisBytes.VersionOrNone(expectedVersion), RedisBytes.Of(expectedVersion + 1), RedisBytes.Of(holder.Value), content]);
        return (int)outcome == 1;
    });

    public IAsyncEnumerable<HolderId> HoldersAsync(CancellationToken cancellationToken) => redis.StreamAsync(
        (db, primaries) => primaries.ToAsyncEnumerable()
            .SelectMany(primary => primary.KeysAsync(db.Database, StoreKeys.TimelinePattern, PageSize))
            .Select(StoreKeys.HolderOf),
        cancellationToken);

    public Task<Reservation> ReserveAsync(FacilityId facility, PendingEvent scan, SpaceRequest? space) => redis.RunAsync(async db =>
    {
        var id = scan.Scan;
        RedisValue capacity = space switch
        {
            null => "none",
            { Capacity: { } limit } => limit,
            _ => RedisValue.EmptyString,
        };
        var parts = await EvaluateAsync(
            db,
            StoreScripts.Reserve,
            [
                StoreKeys.Answers(facility, id),
                StoreKeys.Mark(facility, id.Gate, id.Journal),
                StoreKeys.Pending(facility),
                StoreKeys.Spaces(facility),
                StoreKeys.Watch(facility),
            ],
            [
                NumberInBucket(id),
                id.Seq,
                EventIdBytes.Of(id),
                RedisBytes.Of(scan),
                RedisBytes.Of(scan.Holder.Value),
                capacity,
                EventOrNone(space?.Replaces),
            ]);
        return new Reservation((ReservationStatus)(int)parts[0], (byte[])parts[1]!, (long)parts[2], (int)parts[3]);
    });

    public Task<JournalView> LookUpAsync(FacilityId facility, GateId gate, JournalId journal, IReadOnlyList<long> seqs) =>
        redis.RunAsync(async db =>
        {
            var prefix = db.StringGetAsync(StoreKeys.Mark(facility, gate, journal));
            var kept = await Task.WhenAll(seqs.Select(seq => new GateEventId(gate, journal, seq))
                .Select(id => db.HashGetAsync(StoreKeys.Answers(facility, id), NumberInBucket(id))));
            return new JournalView((long)await prefix, [.. kept.Select(RedisBytes.ReadAnswer)]);
        });

    public Task<Marking> MarkAsync(
        FacilityId facility, GateEventId scan, Fingerprint content, ReadOnlyMemory<byte> answer, IReadOnlyList<GateEventId> giveBack) =>
        redis.RunAsync(async db =>
        {
            var parts = await EvaluateAsync(
                db,
                StoreScripts.Mark,
                [
                    StoreKeys.Answers(facility, scan),
                    StoreKeys.Mark(facility, scan.Gate, scan.Journal),
                    StoreKeys.Ahead(facility, scan.Gate, scan.Journal),
                    StoreKeys.Pending(facility),
                    StoreKeys.Spaces(facility),
                    StoreKeys.Watch(facility),
                ],
                [
                    NumberInBucket(scan),
                    scan.Seq,
                    EventIdBytes.Of(scan),
                    RedisBytes.Of(content.Value),
                    answer,
                    AnswerSeconds,
                    .. Events(giveBack),
                ]);
            return new Marking((MarkingStatus)(int)parts[0], (byte[])parts[1]!, (long)parts[2]);
        });

    public Task<bool> AbandonAsync(FacilityId facility, PendingEvent listed) => redis.RunAsync(async db =>
    {
        var outcome = await db.ScriptEvaluateAsync(
            StoreScripts.Abandon,
            [StoreKeys.Pending(facility), StoreKeys.Spaces(facility), StoreKeys.Watch(facility)],
            [EventIdBytes.Of(listed.Scan), RedisBytes.Of(listed)]);
        return (int)outcome == 1;
    });

    public Task<int> GiveBackAsync(FacilityId facility, IReadOnlyList<GateEventId> spaces) =>
        redis.RunAsync(async db =>
        {
            var givenBack = 0;
            foreach (var some in spaces.Chunk(EventsPerScript))
            {
                givenBack += (int)await db.ScriptEvaluateAsync(
                    StoreScripts.GiveBack, [StoreKeys.Spaces(facility), StoreKeys.Watch(facility)], Events(some));
            }

            return givenBack;
        });

    public Task<int> RestoreAsync(FacilityId facility, HolderId holder, IReadOnlyList<GateEventId> spaces) => redis.RunAsync(async db =>
        (int)await db.ScriptEvaluateAsync(
            StoreScripts.Restore,
            [StoreKeys.Spaces(facility), StoreKeys.Watch(facility)],
            [RedisBytes.Of(holder.Value), .. Events(spaces)]));

    public Task<IReadOnlyList<int>> CountSpacesAsync(IReadOnlyList<FacilityId> facilities) => redis.RunAsync<IReadOnlyList<int>>(async db =>
    {
        var counts = await Task.WhenAll(facilities.Select(facility => db.HashLengthAsync(StoreKeys.Spaces(facility))));
        return [.. counts.Select(count => (int)count)];
    });

    public IAsyncEnumerable<Space> SpacesAsync(FacilityId facility, CancellationToken cancellationToken) => redis.StreamAsync(
        (db, _) => db.HashScanAsync(StoreKeys.Spaces(facility), pageSize: PageSize).Select(RedisBytes.ReadSpace), cancellationToken);

    public Task<IReadOnlyList<bool>> AreTakenAsync(FacilityId facility, IReadOnlyList<GateEventId> spaces) =>
        redis.RunAsync<IReadOnlyList<bool>>(async db => spaces.Count == 0
            ? []
            : [.. (await db.HashGetAsync(StoreKeys.Spaces(facility), Events(spaces))).Select(holder => !holder.IsNull)]);

    /// <remarks>Reads all pending events. There are few: those of this moment, and those that a crash has left.</remarks>
    public Task<IReadOnlyList<PendingEvent>> PendingAsync(FacilityId facility, Instant reservedBy, int limit) =>
        redis.RunAsync<IReadOnlyList<PendingEvent>>(async db =>
        {
            var pending = await db.HashGetAllAsync(StoreKeys.Pending(facility));
            return
            [
                .. pending.Select(RedisBytes.ReadPending)
                    .Where(scan => scan.ReservedAt <= reservedBy)
                    .OrderBy(scan => scan.ReservedAt).ThenBy(scan => scan.Scan)
                    .Take(limit),
            ];
        });

    public Task AcknowledgeAsync(FacilityId facility, GateId gate, JournalId journal, IReadOnlyList<long> known) =>
        redis.RunAsync(db => db.ScriptEvaluateAsync(
            StoreScripts.Acknowledge,
            [StoreKeys.Mark(facility, gate, journal), StoreKeys.Ahead(facility, gate, journal)],
            [AnswerSeconds, .. known.Select(seq => (RedisValue)seq)]));

    public Task<long> PassOverAsync(FacilityId facility, GateId gate, JournalId journal, long through) => redis.RunAsync(async db =>
        (long)await db.ScriptEvaluateAsync(
            StoreScripts.PassOver, [StoreKeys.Mark(facility, gate, journal), StoreKeys.Ahead(facility, gate, journal)], [through]));

    public Task<IReadOnlyList<OutgoingEntry>> OutgoingAsync(int limit) => redis.RunAsync<IReadOnlyList<OutgoingEntry>>(async db =>
    {
        // First read the length of each list, then of each list as much as there is room for. That makes two rounds, each sent as one.
        var first = (int)(Interlocked.Increment(ref _nextPartition) % StoreKeys.Partitions);
        var lengths = await Task.WhenAll(Enumerable.Range(0, StoreKeys.Partitions)
            .Select(n => (first + n) % StoreKeys.Partitions)
            .Select(StoreKeys.Outgoing)
            .Select(async key => (Key: key, Length: await db.ListLengthAsync(key))));

        var reads = new List<Task<RedisValue[]>>();
        long room = limit;
        foreach (var (key, length) in lengths.Where(list => list.Length > 0))
        {
            var taken = Math.Min(room, length);
            if (taken > 0)
            {
                reads.Add(db.ListRangeAsync(key, 0, taken - 1));
            }

            room -= taken;
        }

        return [.. (await Task.WhenAll(reads)).SelectMany(entries => entries).Select(RedisBytes.ReadOutgoing)];
    });

    public Task RemoveOutgoingAsync(IReadOnlyList<OutgoingEntry> entries) => redis.RunAsync(db => Task.WhenAll(entries.Select(entry =>
        db.ListRemoveAsync(StoreKeys.Outgoing(StoreKeys.PartitionOf(entry.Holder)), RedisBytes.Of(entry), count: 1))));

    public Task ForgetAnswersAsync(Instant answeredBy) => Task.CompletedTask;

    public Task<IReadOnlyList<long>> AcknowledgedAsync(FacilityId facility, IReadOnlyList<GateJournal> journals) =>
        redis.RunAsync<IReadOnlyList<long>>(async db =>
        {
            var marks = await Task.WhenAll(journals
                .Select(journal => db.StringGetAsync(StoreKeys.Mark(facility, journal.Gate, journal.Journal))));
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

    public Task SetClosedAsync(FacilityId facility, bool isClosed) => redis.RunAsync(db =>
        db.ScriptEvaluateAsync(StoreScripts.SetClosed, [StoreKeys.Watch(facility)], [isClosed ? 1 : 0]));

    public Task HearAsync(FacilityId facility, IReadOnlyList<HeardGate> heard) => redis.RunAsync(async db =>
    {
        await db.HashSetAsync(StoreKeys.Watch(facility), [.. heard.SelectMany(RedisBytes.FieldsOf)]);
        return true;
    });

    public Task<IReadOnlyList<FacilityGlance>> GlanceAsync(IReadOnlyList<FacilityId> facilities) =>
        redis.RunAsync<IReadOnlyList<FacilityGlance>>(async db =>
            await Task.WhenAll(facilities.Select(facility => GlanceAsync(db, facility))));

    public Task<StoreLife> LifeAsync() => redis.LifeAsync();

    public Task ProbeAsync(CancellationToken cancellationToken) => redis.ProbeAsync().WaitAsync(cancellationToken);

    /// <summary>Sends three queries at once.</summary>
    private static async Task<FacilityGlance> GlanceAsync(IDatabase db, FacilityId facility)
    {
        var spaces = db.HashLengthAsync(StoreKeys.Spaces(facility));
        var logVersion = db.StringGetRangeAsync(StoreKeys.Log(facility), 0, sizeof(ulong) - 1);
        var watch = await db.HashGetAllAsync(StoreKeys.Watch(facility));
        return new(
            (int)await spaces,
            watch.Any(entry => entry.Name == StoreKeys.ClosedField),
            RedisBytes.ReadVersioned(await logVersion).Version,
            (long?)watch.FirstOrDefault(entry => entry.Name == StoreKeys.ChangesField).Value ?? 0,
            RedisBytes.ReadHeard(watch));
    }

    private static async Task<RedisResult[]> EvaluateAsync(IDatabase db, string script, RedisKey[] keys, RedisValue[] values) =>
        (RedisResult[])(await db.ScriptEvaluateAsync(script, keys, values))!;

    private static RedisValue NumberInBucket(GateEventId scan) =>
        (scan.Seq % StoreKeys.AnswersPerBucket).ToString(CultureInfo.InvariantCulture);

    private static RedisValue EventOrNone(GateEventId? scan) => scan is { } id ? EventIdBytes.Of(id) : RedisValue.EmptyString;

    private static RedisValue[] Events(IReadOnlyList<GateEventId> scans) => [.. scans.Select(scan => (RedisValue)EventIdBytes.Of(scan))];
}

using System.Runtime.CompilerServices;
using NodaTime;
using NodaTime.Extensions;
using Parking.Codes;
using Parking.Events;
using Parking.Facilities;
using Parking.Ports;
using static Parking.Stores.Sqlite.SqliteBits;

namespace Parking.Stores.Sqlite;

/// <summary>The live store in one SQLite file, for one process.</summary>
/// <param name="database">The file.</param>
/// <param name="time">Dates answers, which are dropped by that date and used for nothing else.</param>
public sealed class SqliteLiveStore(SqliteDatabase database, TimeProvider time) : ILiveStore
{
    private const int PageSize = 1000;

    /// <summary>A glance at a whole city takes many short steps, so that scans get a turn in between.</summary>
    private const int FacilitiesPerStep = 32;

    public Task<StoredTimeline> LoadAsync(HolderId holder) => database.ReadAsync(db =>
    {
        var (version, content) = SqliteVersions.LoadTimeline(db, holder);
        return new StoredTimeline(version, content);
    });

    public Task<bool> CommitAsync(HolderId holder, long expectedVersion, ReadOnlyMemory<byte> content) => database.RunAsync(db =>
        SqliteVersions.SwapTimeline(db, holder, expectedVersion, content)
        && db.Execute("INSERT INTO outgoing (holder, version) VALUES (?1, ?2)", Signed(holder.Value), expectedVersion + 1) == 1
        && db.Execute(
            "INSERT INTO archive VALUES (?1, ?2) ON CONFLICT DO UPDATE SET version = ?2", Signed(holder.Value), expectedVersion + 1) == 1);

    public async IAsyncEnumerable<HolderId> HoldersAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var from = long.MinValue;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var page = await database.ReadAsync(db => db.QueryAll(
                "SELECT holder FROM timelines WHERE holder >= ?1 ORDER BY holder LIMIT ?2", row => row.GetInt64(0), from, PageSize));
            foreach (var holder in page)
            {
                yield return new(Unsigned(holder));
            }

            if (page.Count < PageSize || page[^1] == long.MaxValue)
            {
                yield break;
            }

            from = page[^1] + 1;
        }
    }

    public Task<Reservation> ReserveAsync(FacilityId facility, PendingEvent scan, SpaceRequest? space) =>
        database.RunAsync(db => new SqliteFacility(db, facility).Reserve(scan, space));

    public Task<JournalView> LookUpAsync(FacilityId facility, GateId gate, JournalId journal, IReadOnlyList<long> seqs) =>
        database.ReadAsync(db => new SqliteFacility(db, facility).LookUp(gate, journal, seqs));

    public Task<Marking> MarkAsync(
        FacilityId facility, GateEventId scan, Fingerprint content, ReadOnlyMemory<byte> answer, IReadOnlyList<GateEventId> giveBack) =>
        database.RunAsync(db => new SqliteFacility(db, facility).Mark(scan, content, answer, giveBack, time.GetCurrentInstant()));

    public Task<bool> AbandonAsync(FacilityId facility, PendingEvent listed) =>
        database.RunAsync(db => new SqliteFacility(db, facility).Abandon(listed));

    public Task<int> GiveBackAsync(FacilityId facility, IReadOnlyList<GateEventId> spaces) =>
        database.RunAsync(db => spaces.Count(new SqliteFacility(db, facility).GiveBack));

    public Task<int> RestoreAsync(FacilityId facility, HolderId holder, IReadOnlyList<GateEventId> spaces) =>
        database.RunAsync(db => spaces.Count(space => new SqliteFacility(db, facility).Take(space, holder)));

    public Task<IReadOnlyList<int>> CountSpacesAsync(IReadOnlyList<FacilityId> facilities) =>
        database.ReadAsync<IReadOnlyList<int>>(db => [.. facilities.Select(facility => new SqliteFacility(db, facility).CountSpaces())]);

    public async IAsyncEnumerable<Space> SpacesAsync(FacilityId facility, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        byte[] after = [];
        List<(byte[] Event, HolderId Holder)> page;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            page = await database.ReadAsync(db => db.QueryAll(
                "SELECT event, holder FROM places WHERE facility = ?1 AND event > ?2 ORDER BY event LIMIT ?3",
                row => (row.GetFieldValue<byte[]>(0), new HolderId(Unsigned(row.GetInt64(1)))),
                facility.Value, after, PageSize));
            foreach (var (scan, holder) in page)
            {
                yield return new(EventIdBytes.Read(scan), holder);
            }

            after = page.Count > 0 ? page[^1].Event : after;
        }
        while (page.Count == PageSize);
    }

    public Task<IReadOnlyList<bool>> AreTakenAsync(FacilityId facility, IReadOnlyList<GateEventId> spaces) =>
        database.ReadAsync<IReadOnlyList<bool>>(db => [.. spaces.Select(new SqliteFacility(db, facility).IsTaken)]);

    public Task<IReadOnlyList<PendingEvent>> PendingAsync(FacilityId facility, Instant reservedBy, int limit) =>
        database.ReadAsync(db => new SqliteFacility(db, facility).Pending(reservedBy, limit));

    public Task AcknowledgeAsync(FacilityId facility, GateId gate, JournalId journal, IReadOnlyList<long> known) => database.RunAsync(db =>
        known.Order().Aggregate(0L, (_, seq) => new SqliteJournal(db, facility, gate, journal).Answered(seq)));

    public Task<long> PassOverAsync(FacilityId facility, GateId gate, JournalId journal, long through) =>
        database.RunAsync(db => new SqliteJournal(db, facility, gate, journal).PassOver(through));

    public Task<IReadOnlyList<OutgoingEntry>> OutgoingAsync(int limit) =>
        database.ReadAsync<IReadOnlyList<OutgoingEntry>>(db => db.QueryAll(
            "SELECT holder, version FROM outgoing ORDER BY id LIMIT ?1",
            row => new OutgoingEntry(new(Unsigned(row.GetInt64(0))), row.GetInt64(1)),
            limit));

    public Task RemoveOutgoingAsync(IReadOnlyList<OutgoingEntry> entries) => database.RunAsync(db => entries.Sum(entry =>
        db.Execute("DELETE FROM outgoing WHERE holder = ?1 AND version = ?2", Signed(entry.Holder.Value), entry.Version)));

    public async Task ForgetAnswersAsync(Instant answeredBy)
    {
        // Delete in portions, so that scans get a turn in between.
        int dropped;
        do
        {
            dropped = await database.RunAsync(db => db.Execute(
                """
                DELETE FROM answers WHERE (facility, event) IN
                  (SELECT facility, event FROM answers WHERE answered_at <= ?1 ORDER BY answered_at LIMIT ?2)
                """,
                answeredBy.ToUnixTimeTicks(), PageSize));
        }
        while (dropped == PageSize);
    }

    public Task<IReadOnlyList<long>> AcknowledgedAsync(FacilityId facility, IReadOnlyList<GateJournal> journals) =>
        database.ReadAsync<IReadOnlyList<long>>(db =>
            [.. journals.Select(journal => new SqliteJournal(db, facility, journal.Gate, journal.Journal).Prefix)]);

    public Task<StoredLog> LoadLogAsync(FacilityId facility) => database.ReadAsync(db =>
    {
        var (version, content) = SqliteVersions.LoadLog(db, facility);
        return new StoredLog(version, content);
    });

    public Task<bool> CommitLogAsync(FacilityId facility, long expectedVersion, ReadOnlyMemory<byte> content) =>
        database.RunAsync(db => SqliteVersions.SwapLog(db, facility, expectedVersion, content));

    public Task SetClosedAsync(FacilityId facility, bool isClosed) => database.RunAsync(db => isClosed
        ? db.Execute("INSERT INTO closed VALUES (?1) ON CONFLICT DO NOTHING", facility.Value)
        : db.Execute("DELETE FROM closed WHERE facility = ?1", facility.Value));

    public Task HearAsync(FacilityId facility, IReadOnlyList<HeardGate> heard) =>
        database.RunAsync(db => heard.Sum(new SqliteWatch(db, facility).Hear));

    public async Task<IReadOnlyList<FacilityGlance>> GlanceAsync(IReadOnlyList<FacilityId> facilities)
    {
        var glances = new List<FacilityGlance>(facilities.Count);
        foreach (var some in facilities.Chunk(FacilitiesPerStep))
        {
            glances.AddRange(await database.ReadAsync(db => some.Select(facility => new SqliteWatch(db, facility).Glance()).ToList()));
        }

        return glances;
    }

    public Task<StoreLife> LifeAsync() => database.LifeAsync();

    public Task ProbeAsync(CancellationToken cancellationToken) => database.ProbeAsync();
}

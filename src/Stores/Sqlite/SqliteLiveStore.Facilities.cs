using Parking.Facilities;
using Parking.Ports;

namespace Parking.Stores.Sqlite;

/// <summary>What a facility has of its own.</summary>
public sealed partial class SqliteLiveStore
{
    /// <summary>A glance at a whole city is many short steps, so that scans are let in between.</summary>
    private const int FacilitiesPerStep = 32;

    public Task<string> EpochAsync() => database.EpochAsync();

    public Task<IReadOnlyList<long>> AcknowledgedAsync(FacilityId facility, IReadOnlyList<GateJournal> journals) => database.ReadAsync<IReadOnlyList<long>>(db =>
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

    public Task HearAsync(FacilityId facility, IReadOnlyList<HeardGate> heard) => database.RunAsync(db => heard.Sum(new SqliteWatch(db, facility).Hear));

    public async Task<IReadOnlyList<FacilityGlance>> GlanceAsync(IReadOnlyList<FacilityId> facilities)
    {
        var glances = new List<FacilityGlance>(facilities.Count);
        foreach (var some in facilities.Chunk(FacilitiesPerStep))
        {
            glances.AddRange(await database.ReadAsync(db => some.Select(facility => new SqliteWatch(db, facility).Glance()).ToList()));
        }

        return glances;
    }
}

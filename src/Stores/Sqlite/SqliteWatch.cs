using Microsoft.Data.Sqlite;
using NodaTime;
using Parking.Facilities;
using Parking.Ports;
using static Parking.Stores.Sqlite.SqliteBits;

namespace Parking.Stores.Sqlite;

/// <summary>What is seen of one facility and its gates: parts of a step.</summary>
internal readonly struct SqliteWatch(SqliteSession db, FacilityId facility)
{
    private readonly FacilityId _facility = facility;

    public int Hear(HeardGate heard)
    {
        var at = heard.At.ToUnixTimeMilliseconds();
        return heard.Beat is { } beat
            ? db.Execute(
                "INSERT OR REPLACE INTO heard VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                _facility.Value, heard.Gate.Value, at, Signed(beat.Journal.Value), beat.LastSeq, beat.AcknowledgedThrough)
            : db.Execute(
                "INSERT INTO heard (facility, gate, at) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET at = excluded.at",
                _facility.Value, heard.Gate.Value, at);
    }

    public FacilityGlance Glance() => new(
        new SqliteFacility(db, _facility).CountSpaces(),
        db.Number("SELECT 1 FROM closed WHERE facility = ?1", 0, _facility.Value) == 1,
        db.Number("SELECT version FROM logs WHERE facility = ?1", 0, _facility.Value),
        db.QueryAll("SELECT gate, at, journal, last_seq, acknowledged FROM heard WHERE facility = ?1", ReadHeard, _facility.Value));

    private static HeardGate ReadHeard(SqliteDataReader row) => new(
        new(row.GetString(0)),
        Instant.FromUnixTimeMilliseconds(row.GetInt64(1)),
        row.IsDBNull(2) ? null : new GateBeat(new(Unsigned(row.GetInt64(2))), row.GetInt64(3), row.GetInt64(4)));
}

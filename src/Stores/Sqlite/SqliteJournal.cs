using Parking.Events;
using Parking.Facilities;
using static Parking.Stores.Sqlite.SqliteBits;

namespace Parking.Stores.Sqlite;

/// <summary>How far one journal of one gate is answered without a gap.</summary>
internal readonly struct SqliteJournal(SqliteSession db, FacilityId facility, GateId gate, JournalId journal)
{
    private readonly string _facility = facility.Value;
    private readonly string _gate = gate.Value;
    private readonly long _journal = Signed(journal.Value);

    /// <summary>The contiguous prefix: the number up to which every event is answered. 0 for none.</summary>
    public long Prefix => db.Number(
        "SELECT through FROM marks WHERE facility = ?1 AND gate = ?2 AND journal = ?3", 0, _facility, _gate, _journal);

    /// <summary>Counts in an event that is answered, or known to be decided: beyond a gap it waits.</summary>
    /// <returns>The prefix by then.</returns>
    public long Answered(long seq)
    {
        var prefix = Prefix;
        if (seq <= prefix)
        {
            return prefix;
        }

        if (seq > prefix + 1)
        {
            db.Execute("INSERT INTO ahead VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING", _facility, _gate, _journal, seq);
            return prefix;
        }

        return AdvanceTo(seq);
    }

    /// <summary>Counts in everything up to a number.</summary>
    /// <returns>The prefix by then.</returns>
    public long PassOver(long through)
    {
        var prefix = Prefix;
        if (through <= prefix)
        {
            return prefix;
        }

        db.Execute("DELETE FROM ahead WHERE facility = ?1 AND gate = ?2 AND journal = ?3 AND seq <= ?4", _facility, _gate, _journal, through);
        return AdvanceTo(through);
    }

    /// <summary>Moves the prefix to a number beyond it, and over all that wait right behind.</summary>
    private long AdvanceTo(long through)
    {
        while (db.Execute("DELETE FROM ahead WHERE facility = ?1 AND gate = ?2 AND journal = ?3 AND seq = ?4", _facility, _gate, _journal, through + 1) == 1)
        {
            through++;
        }

        db.Execute(
            "INSERT INTO marks VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET through = excluded.through",
            _facility, _gate, _journal, through);
        return through;
    }
}

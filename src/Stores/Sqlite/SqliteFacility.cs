using Microsoft.Data.Sqlite;
using NodaTime;
using Parking.Codes;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Ports;
using static Parking.Stores.Sqlite.SqliteBits;

namespace Parking.Stores.Sqlite;

/// <summary>Parts of a step that touch one facility.</summary>
internal readonly struct SqliteFacility(SqliteSession db, FacilityId facility)
{
    private readonly string _facility = facility.Value;

    public Reservation Reserve(PendingEvent scan, SpaceRequest? space)
    {
        var prefix = JournalOf(scan.Scan).Prefix;
        if (FindAnswer(scan.Scan) is { } kept)
        {
            return kept.Content == scan.Content
                ? new(ReservationStatus.Answered, kept.Answer, prefix)
                : new(ReservationStatus.OtherContent, default, prefix);
        }

        var bound = FindPending(scan.Scan);
        if (bound is { } other && other != scan.Content)
        {
            return new(ReservationStatus.OtherContent, default, prefix);
        }

        if (bound is null && scan.Scan.Seq <= prefix)
        {
            return new(ReservationStatus.Forgotten, default, prefix);
        }

        db.Execute(
            "INSERT OR REPLACE INTO pending VALUES (?1, ?2, ?3, ?4, ?5)",
            _facility,
            EventIdBytes.Of(scan.Scan),
            Signed(scan.Content.Value),
            Signed(scan.Holder.Value),
            scan.ReservedAt.ToUnixTimeTicks());
        return space is { } asked ? Take(scan, asked, prefix) : new(ReservationStatus.Reserved, default, prefix);
    }

    public JournalView LookUp(GateId gate, JournalId journal, IReadOnlyList<long> seqs)
    {
        var answers = new KeptAnswer?[seqs.Count];
        for (var i = 0; i < answers.Length; i++)
        {
            answers[i] = FindAnswer(new(gate, journal, seqs[i]));
        }

        return new(new SqliteJournal(db, facility, gate, journal).Prefix, answers);
    }

    public Marking Mark(
        GateEventId scan, Fingerprint content, ReadOnlyMemory<byte> answer, IReadOnlyList<GateEventId> giveBack, Instant now)
    {
        var journal = JournalOf(scan);
        var kept = FindAnswer(scan);
        var bound = FindPending(scan);
        if ((kept?.Content ?? bound ?? content) != content)
        {
            return new(MarkingStatus.OtherContent, default, journal.Prefix);
        }

        foreach (var space in giveBack)
        {
            GiveBack(space);
        }

        if (kept is { } before)
        {
            return new(MarkingStatus.KeptBefore, before.Answer, journal.Answered(scan.Seq));
        }

        if (bound is null && journal.Prefix is var prefix && scan.Seq <= prefix)
        {
            return new(MarkingStatus.Forgotten, default, prefix);
        }

        EndPending(scan);
        db.Execute(
            "INSERT INTO answers VALUES (?1, ?2, ?3, ?4, ?5)",
            _facility, EventIdBytes.Of(scan), Signed(content.Value), answer.ToArray(), now.ToUnixTimeTicks());
        return new(MarkingStatus.Kept, answer, journal.Answered(scan.Seq));
    }

    public bool Abandon(PendingEvent listed)
    {
        var isAsListed = db.Execute(
            "DELETE FROM pending WHERE facility = ?1 AND event = ?2 AND fingerprint = ?3 AND holder = ?4 AND reserved_at = ?5",
            _facility,
            EventIdBytes.Of(listed.Scan),
            Signed(listed.Content.Value),
            Signed(listed.Holder.Value),
            listed.ReservedAt.ToUnixTimeTicks()) == 1;
        if (isAsListed)
        {
            GiveBack(listed.Scan);
        }

        return isAsListed;
    }

    public bool Take(GateEventId space, HolderId holder) => db.Execute(
        "INSERT INTO places VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING", _facility, EventIdBytes.Of(space), Signed(holder.Value)) == 1;

    public bool GiveBack(GateEventId space) =>
        db.Execute("DELETE FROM places WHERE facility = ?1 AND event = ?2", _facility, EventIdBytes.Of(space)) == 1;

    public bool IsTaken(GateEventId space) =>
        db.Number("SELECT 1 FROM places WHERE facility = ?1 AND event = ?2", 0, _facility, EventIdBytes.Of(space)) == 1;

    public int CountSpaces() => (int)db.Number("SELECT taken FROM place_counts WHERE facility = ?1", 0, _facility);

    public IReadOnlyList<PendingEvent> Pending(Instant reservedBy, int limit) => db.QueryAll(
        """
        SELECT event, holder, fingerprint, reserved_at FROM pending
        WHERE facility = ?1 AND reserved_at <= ?2 ORDER BY reserved_at, event LIMIT ?3
        """,
        row => new PendingEvent(
            EventIdBytes.Read(row.GetFieldValue<byte[]>(0)),
            new(Unsigned(row.GetInt64(1))),
            new(Unsigned(row.GetInt64(2))),
            Instant.FromUnixTimeTicks(row.GetInt64(3))),
        _facility, reservedBy.ToUnixTimeTicks(), limit);

    private Reservation Take(PendingEvent scan, SpaceRequest asked, long prefix)
    {
        var isTaken = IsTaken(scan.Scan);
        var soonFree = asked.Replaces is { } replaced && replaced != scan.Scan && IsTaken(replaced);
        var others = CountSpaces() - (isTaken ? 1 : 0) - (soonFree ? 1 : 0);
        var granted = isTaken || ((asked.Capacity is not { } capacity || others < capacity) && Take(scan.Scan, scan.Holder));
        return new(granted ? ReservationStatus.Reserved : ReservationStatus.Full, default, prefix, others);
    }

    private SqliteJournal JournalOf(GateEventId scan) => new(db, facility, scan.Gate, scan.Journal);

    private void EndPending(GateEventId scan) =>
        db.Execute("DELETE FROM pending WHERE facility = ?1 AND event = ?2", _facility, EventIdBytes.Of(scan));

    private Fingerprint? FindPending(GateEventId scan) => db.QueryAll(
        "SELECT fingerprint FROM pending WHERE facility = ?1 AND event = ?2",
        row => new Fingerprint(Unsigned(row.GetInt64(0))),
        _facility, EventIdBytes.Of(scan)) is [var found] ? found : null;

    private KeptAnswer? FindAnswer(GateEventId scan) => db.QueryAll(
        "SELECT fingerprint, answer FROM answers WHERE facility = ?1 AND event = ?2",
        row => new KeptAnswer(new(Unsigned(row.GetInt64(0))), row.GetFieldValue<byte[]>(1)),
        _facility, EventIdBytes.Of(scan)) is [var found] ? found : null;
}

/// <summary>Parts of a step that touch one journal of one gate: how far it is answered without a gap.</summary>
internal readonly struct SqliteJournal(SqliteSession db, FacilityId facility, GateId gate, JournalId journal)
{
    private readonly string _facility = facility.Value;
    private readonly string _gate = gate.Value;
    private readonly long _journal = Signed(journal.Value);

    /// <summary>The contiguous prefix: the number up to which every event is answered. 0 if there is none.</summary>
    public long Prefix => db.Number(
        "SELECT through FROM marks WHERE facility = ?1 AND gate = ?2 AND journal = ?3", 0, _facility, _gate, _journal);

    /// <summary>Counts in an event that is answered or known to be decided. Beyond a gap it waits.</summary>
    /// <returns>The prefix afterwards.</returns>
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

    /// <summary>Counts in everything up to and including a number.</summary>
    /// <returns>The prefix afterwards.</returns>
    public long PassOver(long through)
    {
        var prefix = Prefix;
        if (through <= prefix)
        {
            return prefix;
        }

        db.Execute(
            "DELETE FROM ahead WHERE facility = ?1 AND gate = ?2 AND journal = ?3 AND seq <= ?4",
            _facility, _gate, _journal, through);
        return AdvanceTo(through);
    }

    /// <summary>Moves the prefix to a number beyond it, and over all numbers that wait directly after that number.</summary>
    private long AdvanceTo(long through)
    {
        while (db.Execute(
            "DELETE FROM ahead WHERE facility = ?1 AND gate = ?2 AND journal = ?3 AND seq = ?4",
            _facility, _gate, _journal, through + 1) == 1)
        {
            through++;
        }

        db.Execute(
            "INSERT INTO marks VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET through = excluded.through",
            _facility, _gate, _journal, through);
        return through;
    }
}

/// <summary>Parts of a step that touch what is seen of one facility and its gates.</summary>
internal readonly struct SqliteWatch(SqliteSession db, FacilityId facility)
{
    private readonly FacilityId _facility = facility;

    public int Hear(HeardGate heard)
    {
        var at = heard.At.ToUnixTimeMilliseconds();
        return heard.Beat is { } beat
            ? db.Execute(
                "INSERT OR REPLACE INTO heard VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                _facility.Value, heard.Gate.Value, at, Signed(beat.Journal.Value), beat.LastSeq, beat.AcknowledgedThrough,
                beat.Barrier is { } barrier ? (long)barrier : DBNull.Value)
            : db.Execute(
                "INSERT INTO heard (facility, gate, at) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET at = excluded.at",
                _facility.Value, heard.Gate.Value, at);
    }

    public FacilityGlance Glance() => new(
        new SqliteFacility(db, _facility).CountSpaces(),
        db.Number("SELECT 1 FROM closed WHERE facility = ?1", 0, _facility.Value) == 1,
        db.Number("SELECT version FROM logs WHERE facility = ?1", 0, _facility.Value),
        db.Number("SELECT changes FROM place_counts WHERE facility = ?1", 0, _facility.Value),
        db.QueryAll(
            "SELECT gate, at, journal, last_seq, acknowledged, barrier FROM heard WHERE facility = ?1", ReadHeard, _facility.Value));

    private static HeardGate ReadHeard(SqliteDataReader row) => new(
        new(row.GetString(0)),
        Instant.FromUnixTimeMilliseconds(row.GetInt64(1)),
        row.IsDBNull(2)
            ? null
            : new GateBeat(
                new(Unsigned(row.GetInt64(2))),
                row.GetInt64(3),
                row.GetInt64(4),
                row.IsDBNull(5) ? null : (BarrierPosition)row.GetInt64(5)));
}

using NodaTime;
using Parking.Codes;
using Parking.Events;
using Parking.Facilities;
using Parking.Ports;
using static Parking.Stores.Sqlite.SqliteBits;

namespace Parking.Stores.Sqlite;

/// <summary>The parts of a step that touch one facility.</summary>
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
            _facility, EventIdBytes.Of(scan.Scan), Signed(scan.Content.Value), Signed(scan.Holder.Value), scan.ReservedAt.ToUnixTimeTicks());
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
            _facility, EventIdBytes.Of(listed.Scan), Signed(listed.Content.Value), Signed(listed.Holder.Value), listed.ReservedAt.ToUnixTimeTicks()) == 1;
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

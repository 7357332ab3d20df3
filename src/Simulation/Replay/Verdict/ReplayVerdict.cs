using NodaTime;
using Parking.Simulation.Replay.Oracle;

namespace Parking.Simulation.Replay.Verdict;

/// <summary>The verdict on the service's books.</summary>
public sealed record ReplayVerdict
{
    public required IReadOnlyList<Mismatch> Mismatches { get; init; }

    public required VerdictCounts Counts { get; init; }

    public required IReadOnlyList<ConflictingStay> Conflicting { get; init; }

    public required IReadOnlyList<MoneyRow> Money { get; init; }

    public bool IsGood => Mismatches.Count == 0;
}

/// <summary>The numbers of compared and of equal items.</summary>
public sealed record VerdictCounts
{
    public int Decisions { get; init; }

    /// <summary>Decisions that were compared with the trace's expectation.</summary>
    public int DecisionsCompared { get; init; }

    /// <summary>Decisions not compared, because a fault may have changed them.</summary>
    public int DecisionsReached { get; init; }

    /// <summary>Decisions not compared, because the trace expects no reason.</summary>
    public int DecisionsUnexpected { get; init; }

    public int Passages { get; init; }

    /// <summary>Passages that are an end of exactly one stay in the books.</summary>
    public int PassagesInOneStay { get; init; }

    public int PassagesLost { get; init; }

    public int PassagesDoubled { get; init; }

    /// <summary>Passages that nobody can know of, because a gate's disk was damaged before it had reported them.</summary>
    public int PassagesLostWithDisk { get; init; }

    /// <summary>The unreported events in damaged parts of gates' disks.</summary>
    public int EventsLostWithDisk { get; init; }

    /// <summary>Passages at exits that were cut off and opened for a code that had expired.</summary>
    public int LateExits { get; init; }

    /// <summary>Showings of codes that phones signed themselves.</summary>
    public int DeviceCodes { get; init; }

    /// <summary>Showings of ended phones' codes that were not compared, because the service may have lost the end or the phone.</summary>
    public int EndsUnsure { get; init; }

    public int StaysExpected { get; init; }

    public int StaysFound { get; init; }

    /// <summary>Expected stays that were found in the books, with or without wrong members.</summary>
    public int StaysMatched { get; init; }

    /// <summary>Stays that the service may have deleted, because they ended more than 30 days before.</summary>
    public int StaysForgotten { get; init; }

    /// <summary>Records that were withdrawn or became part of another stay.</summary>
    public int RecordsSetAside { get; init; }

    public int FeesCompared { get; init; }

    /// <summary>Stays in the archive, without those that were withdrawn or became part of another stay.</summary>
    public int StaysArchived { get; init; }

    /// <summary>Expected stays that were found in the archive, with or without wrong members.</summary>
    public int ArchivedMatched { get; init; }

    /// <summary>Archived stays whose fee and lines were compared.</summary>
    public int ArchivedFeesCompared { get; init; }

    public int SamplesCompared { get; init; }

    /// <summary>Samples not compared, because a request was running or an event was unsent.</summary>
    public int SamplesLeftOut { get; init; }
}

/// <summary>A difference between the service's data and the expected data.</summary>
public sealed record Mismatch
{
    public required MismatchKind Kind { get; init; }

    /// <summary>The trace's time.</summary>
    public Instant? At { get; init; }

    public string? Facility { get; init; }

    public string? Driver { get; init; }

    /// <summary>The slot of the vehicle; 0 for none.</summary>
    public int? Vehicle { get; init; }

    /// <summary>The member of a stay, or the way in which the occupancy was read.</summary>
    public string? Member { get; init; }

    public required string Expected { get; init; }

    public required string Found { get; init; }

    /// <summary>The trace's lines that it concerns.</summary>
    public IReadOnlyList<long> Lines { get; init; } = [];
}

/// <summary>The kinds of mismatches.</summary>
public enum MismatchKind
{
    /// <summary>A scan was decided differently, and no fault can be the reason.</summary>
    Decision,

    /// <summary>The service could not read an event, or found that it conflicts with another. Gates of a replay never cause this.</summary>
    RejectedEvent,

    /// <summary>An expected stay is not in the books.</summary>
    LostStay,

    /// <summary>A stay is in the books twice.</summary>
    DoubledStay,

    /// <summary>The books have a stay for which there are no events.</summary>
    UnknownStay,

    /// <summary>A stay in the books has a wrong member.</summary>
    StayMember,

    /// <summary>A stay has a wrong fee.</summary>
    Fee,

    /// <summary>An expected stay is not in the archive.</summary>
    NotArchived,

    /// <summary>A stay is in the archive twice.</summary>
    DoubledInArchive,

    /// <summary>The archive has a stay for which there are no events.</summary>
    UnknownInArchive,

    /// <summary>A stay in the archive has a wrong member, fee, line of the fee, or revision.</summary>
    ArchivedMember,

    /// <summary>The occupancy at the end, or in a sample with no running request, differs from the number of open stays.</summary>
    Occupancy,
}

/// <summary>A stay whose events contradict each other, in the oracle too. It is not a mismatch, but people must review it.</summary>
public sealed record ConflictingStay(
    string Driver, int Vehicle, string Facility, Instant? EnteredAt, Instant? EndedAt, StayEnding Ending, IReadOnlyList<long> Lines)
{
    public static ConflictingStay Of(OracleStay stay) =>
        new(stay.Driver, stay.Vehicle, stay.Facility, stay.EnteredAt, stay.EndedAt, stay.Ending, stay.Lines);
}

/// <summary>The stays of one state and their fees.</summary>
/// <param name="State">The state.</param>
/// <param name="Currency">ISO 4217 code; null for stays without a fee.</param>
/// <param name="StaysExpected">The expected number of stays.</param>
/// <param name="StaysFound">The number of stays in the books.</param>
/// <param name="FeesExpected">The expected sum of fees, in the currency's minor unit.</param>
/// <param name="FeesFound">The sum of fees in the books.</param>
public sealed record MoneyRow(StayState State, string? Currency, int StaysExpected, int StaysFound, long FeesExpected, long FeesFound);

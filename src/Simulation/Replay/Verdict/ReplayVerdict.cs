using NodaTime;
using Parking.Simulation.Replay.Oracle;

namespace Parking.Simulation.Replay.Verdict;

/// <summary>Whether the books are right.</summary>
public sealed record ReplayVerdict
{
    public required IReadOnlyList<Mismatch> Mismatches { get; init; }

    public required VerdictCounts Counts { get; init; }

    public required IReadOnlyList<ConflictingStay> Conflicting { get; init; }

    public required IReadOnlyList<MoneyRow> Money { get; init; }

    public bool IsGood => Mismatches.Count == 0;
}

/// <summary>How much was compared, and how much of it agreed.</summary>
public sealed record VerdictCounts
{
    public int Decisions { get; init; }

    /// <summary>Decisions that were compared with what the trace expects.</summary>
    public int DecisionsCompared { get; init; }

    /// <summary>Not compared: a fault reached them.</summary>
    public int DecisionsReached { get; init; }

    /// <summary>Not compared: the trace expects nothing of them.</summary>
    public int DecisionsUnexpected { get; init; }

    public int Passages { get; init; }

    /// <summary>Passages that are an end of exactly one stay in the books.</summary>
    public int PassagesInOneStay { get; init; }

    public int PassagesLost { get; init; }

    public int PassagesDoubled { get; init; }

    public int StaysExpected { get; init; }

    public int StaysFound { get; init; }

    /// <summary>Found in the books, whether or not everything about them is right.</summary>
    public int StaysMatched { get; init; }

    /// <summary>Stays that the books may have forgotten: they ended more than 30 days before.</summary>
    public int StaysForgotten { get; init; }

    /// <summary>Records of what was taken back or became part of another stay.</summary>
    public int RecordsSetAside { get; init; }

    public int FeesCompared { get; init; }

    public int SamplesCompared { get; init; }

    /// <summary>Samples with something in flight or unsent.</summary>
    public int SamplesLeftOut { get; init; }
}

/// <summary>Something that is not as it must be.</summary>
public sealed record Mismatch
{
    public required MismatchKind Kind { get; init; }

    /// <summary>When, in the trace's time.</summary>
    public Instant? At { get; init; }

    public string? Facility { get; init; }

    public string? Driver { get; init; }

    /// <summary>The slot of the vehicle; 0: none.</summary>
    public int? Vehicle { get; init; }

    /// <summary>What exactly: a member of a stay, or how the occupancy was asked for.</summary>
    public string? Member { get; init; }

    public required string Expected { get; init; }

    public required string Found { get; init; }

    /// <summary>The lines of the trace that it is about.</summary>
    public IReadOnlyList<long> Lines { get; init; } = [];
}

/// <summary>What can be wrong.</summary>
public enum MismatchKind
{
    /// <summary>A scan was decided otherwise, and no fault can be the reason.</summary>
    Decision,

    /// <summary>
    /// The service did not understand an event, or found that it contradicts another. No gate of a replay ever gives it reason to.
    /// </summary>
    RejectedEvent,

    /// <summary>The books do not have a stay.</summary>
    LostStay,

    /// <summary>The books have a stay twice.</summary>
    DoubledStay,

    /// <summary>The books have a stay that nothing led to.</summary>
    UnknownStay,

    /// <summary>A stay is in the books, with something else about it.</summary>
    StayMember,

    /// <summary>A stay costs something else.</summary>
    Fee,

    /// <summary>The occupancy, in the end or when it was asked for with nothing in flight, is not the number of open stays.</summary>
    Occupancy,
}

/// <summary>
/// A stay that cannot be true as it stands, as everything that happened says too: no mismatch, but something for people to look at.
/// </summary>
public sealed record ConflictingStay(
    string Driver, int Vehicle, string Facility, Instant? EnteredAt, Instant? EndedAt, StayEnding Ending, IReadOnlyList<long> Lines)
{
    public static ConflictingStay Of(OracleStay stay) =>
        new(stay.Driver, stay.Vehicle, stay.Facility, stay.EnteredAt, stay.EndedAt, stay.Ending, stay.Lines);
}

/// <summary>The stays of one state, and what they cost together.</summary>
/// <param name="State">Which.</param>
/// <param name="Currency">ISO 4217 code; null for stays that have no fee.</param>
/// <param name="StaysExpected">How many there must be.</param>
/// <param name="StaysFound">How many the books have.</param>
/// <param name="FeesExpected">What they must cost, in the currency's minor unit.</param>
/// <param name="FeesFound">What they cost by the books.</param>
public sealed record MoneyRow(StayState State, string? Currency, int StaysExpected, int StaysFound, long FeesExpected, long FeesFound);

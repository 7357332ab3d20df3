using Parking.Simulation.Replay.Verdict;

namespace Parking.Simulation.Replay.Report;

/// <summary>
/// All that a report says: as JSON it is the file beside the page, and the page is made of nothing else. docs/replay.md describes it; members may only ever be added.
/// </summary>
public sealed record ReplayReport
{
    public const int CurrentFormat = 1;

    public int Format { get; init; } = CurrentFormat;

    public required RunFacts Run { get; init; }

    /// <summary>In which people read the time: an IANA id.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Whether there is no mismatch.</summary>
    public required bool Good { get; init; }

    public required VerdictCounts Counts { get; init; }

    /// <summary>How often each reason was given.</summary>
    public required IReadOnlyList<DecisionRow> Decisions { get; init; }

    public required IReadOnlyList<LatencyRow> Latency { get; init; }

    public required IReadOnlyList<MoneyRow> Money { get; init; }

    public required IReadOnlyList<FacilityReport> Facilities { get; init; }

    public required IReadOnlyList<FaultSpan> Faults { get; init; }

    /// <summary>Inventories, openings by hand and incidents.</summary>
    public required IReadOnlyList<ReportEvent> Events { get; init; }

    /// <summary>All of them, in order of time.</summary>
    public required IReadOnlyList<Mismatch> Mismatches { get; init; }

    /// <summary>Stays that cannot be true as they stand, as the oracle says too.</summary>
    public required IReadOnlyList<ConflictingStay> Conflicting { get; init; }

    /// <summary>The scans that mismatches and conflicting stays are about; not all of them where there are very many.</summary>
    public required IReadOnlyList<Showing> Scans { get; init; }
}

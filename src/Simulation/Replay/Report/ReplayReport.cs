using NodaTime;
using Parking.GateProtocol;
using Parking.Optics.Trials;
using Parking.Simulation.Replay.Verdict;

namespace Parking.Simulation.Replay.Report;

/// <summary>
/// The complete content of a report. The JSON file is this record, and the page is made only from it. docs/replay.md describes it. Members
/// may be added but never changed or removed.
/// </summary>
public sealed record ReplayReport
{
    public const int CurrentFormat = 1;

    public int Format { get; init; } = CurrentFormat;

    public required RunFacts Run { get; init; }

    /// <summary>The time zone of displayed times: an IANA id.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Whether there is no mismatch.</summary>
    public required bool Good { get; init; }

    public required VerdictCounts Counts { get; init; }

    /// <summary>The number of decisions by reason.</summary>
    public required IReadOnlyList<DecisionRow> Decisions { get; init; }

    public required IReadOnlyList<LatencyRow> Latency { get; init; }

    public required IReadOnlyList<MoneyRow> Money { get; init; }

    public required IReadOnlyList<FacilityReport> Facilities { get; init; }

    public required IReadOnlyList<FaultSpan> Faults { get; init; }

    /// <summary>Inventories, openings by hand and incidents.</summary>
    public required IReadOnlyList<ReportEvent> Events { get; init; }

    /// <summary>In order of time.</summary>
    public required IReadOnlyList<Mismatch> Mismatches { get; init; }

    /// <summary>Stays whose events contradict each other. The oracle has the same conflict.</summary>
    public required IReadOnlyList<ConflictingStay> Conflicting { get; init; }

    /// <summary>The scans of mismatches and conflicting stays; limited if there are very many.</summary>
    public required IReadOnlyList<Showing> Scans { get; init; }
}

/// <summary>The occupancy of a facility over time.</summary>
public sealed record FacilityReport
{
    public required string Id { get; init; }

    public required BilingualText Name { get; init; }

    public required int Capacity { get; init; }

    /// <summary>The oracle's highest occupancy.</summary>
    public required int Highest { get; init; }

    /// <summary>The oracle's number of open stays at the end.</summary>
    public required int Expected { get; init; }

    /// <summary>The service's number of open stays at the end; null if it did not know.</summary>
    public int? Found { get; init; }

    /// <summary>
    /// The oracle's occupancy: pairs of milliseconds since the start and the number from then on. Thinned, with all maxima and minima kept.
    /// </summary>
    public required IReadOnlyList<long[]> Oracle { get; init; }

    /// <summary>The service's occupancy at the samples, in the same form; −1 if it did not know.</summary>
    public required IReadOnlyList<long[]> Service { get; init; }
}

/// <summary>Percentiles of durations in milliseconds, by nearest rank: every value was measured.</summary>
public sealed record LatencyRow(LatencyKind Kind, int Count, double P50, double P90, double P99, double P999, double Max)
{
    /// <summary>Null if there are no values.</summary>
    public static LatencyRow? Of(LatencyKind kind, IEnumerable<Duration?> values)
    {
        var sorted = values.OfType<Duration>().Order().ToArray();
        return sorted.Length == 0 ? null : new(kind, sorted.Length, Rank(500), Rank(900), Rank(990), Rank(999), Rank(1000));

        double Rank(int perThousand) => Math.Round(Percentiles.AtRank(sorted, perThousand).TotalMilliseconds, 3);
    }
}

/// <summary>The durations that are measured.</summary>
public enum LatencyKind
{
    /// <summary>From showing a code to the barrier's decision.</summary>
    TapToOpen,

    /// <summary>From sending the request to its answer.</summary>
    RoundTrip,

    /// <summary>The service's part of the round trip.</summary>
    Service,
}

/// <summary>The number of decisions with one reason.</summary>
/// <param name="Reason">The reason; null for scans without a decision.</param>
/// <param name="Decision">Whether the barrier opens; null for scans without a decision.</param>
/// <param name="Scans">The number of scans.</param>
/// <param name="Alone">The number of these that the gate decided alone.</param>
public sealed record DecisionRow(ScanReason? Reason, GateDecision? Decision, int Scans, int Alone);

/// <summary>An event other than a scan.</summary>
/// <param name="Line">The trace's line.</param>
/// <param name="At">The time.</param>
/// <param name="Kind">In snake_case: <c>inventory</c>, <c>opened_by_hand</c>, or an incident.</param>
/// <param name="Gate">The gate.</param>
/// <param name="Facility">The gate's facility.</param>
/// <param name="Detail">Details for people.</param>
public sealed record ReportEvent(long Line, Instant At, string Kind, string Gate, string Facility, string? Detail);

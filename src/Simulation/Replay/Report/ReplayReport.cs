using NodaTime;
using Parking.GateProtocol;
using Parking.Optics.Trials;
using Parking.Simulation.Replay.Verdict;

namespace Parking.Simulation.Replay.Report;

/// <summary>
/// All that a report says: as JSON it is the file beside the page, and the page is made of nothing else. docs/replay.md describes it;
/// members may only ever be added.
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

/// <summary>A facility's occupancy over time.</summary>
public sealed record FacilityReport
{
    public required string Id { get; init; }

    public required BilingualText Name { get; init; }

    public required int Capacity { get; init; }

    /// <summary>The most that were ever parked at once, by the oracle.</summary>
    public required int Highest { get; init; }

    /// <summary>Open stays in the end, by the oracle.</summary>
    public required int Expected { get; init; }

    /// <summary>And by the service; null where it could not say.</summary>
    public int? Found { get; init; }

    /// <summary>
    /// By the oracle: pairs of milliseconds since the start and how many from then on. Thinned, with all highs and lows kept.
    /// </summary>
    public required IReadOnlyList<long[]> Oracle { get; init; }

    /// <summary>As the service was asked: the same, −1 where it could not say.</summary>
    public required IReadOnlyList<long[]> Service { get; init; }
}

/// <summary>How long something took, in milliseconds, by nearest rank: every value given is one that was measured.</summary>
public sealed record LatencyRow(LatencyKind Kind, int Count, double P50, double P90, double P99, double P999, double Max)
{
    /// <summary>Null of nothing.</summary>
    public static LatencyRow? Of(LatencyKind kind, IEnumerable<Duration?> values)
    {
        var sorted = values.OfType<Duration>().Order().ToArray();
        return sorted.Length == 0 ? null : new(kind, sorted.Length, Rank(500), Rank(900), Rank(990), Rank(999), Rank(1000));

        double Rank(int perThousand) => Math.Round(Percentiles.AtRank(sorted, perThousand).TotalMilliseconds, 3);
    }
}

/// <summary>What was measured.</summary>
public enum LatencyKind
{
    /// <summary>From showing a code to the barrier's decision.</summary>
    TapToOpen,

    /// <summary>From sending the request to its answer.</summary>
    RoundTrip,

    /// <summary>Of that, the service's own share.</summary>
    Service,
}

/// <summary>How often a reason was given.</summary>
/// <param name="Reason">Which; null where a gate decided nothing.</param>
/// <param name="Decision">Whether it opens; null as above.</param>
/// <param name="Scans">How often.</param>
/// <param name="Alone">How often of these the gate decided alone.</param>
public sealed record DecisionRow(ScanReason? Reason, GateDecision? Decision, int Scans, int Alone);

/// <summary>Something that happened besides scans.</summary>
/// <param name="Line">The trace's line.</param>
/// <param name="At">When.</param>
/// <param name="Kind">In snake_case: <c>inventory</c>, <c>opened_by_hand</c>, or an incident.</param>
/// <param name="Gate">Where.</param>
/// <param name="Facility">The gate's.</param>
/// <param name="Detail">More, for people.</param>
public sealed record ReportEvent(long Line, Instant At, string Kind, string Gate, string Facility, string? Detail);

using NodaTime;

namespace Parking.GateProtocol;

/// <summary>
/// The service's answer to a scan. Once given it never changes: a repeated scan gets it again, but for <see cref="AcknowledgedThrough"/>,
/// which says how things stand by then.
/// </summary>
public sealed record ScanAnswer
{
    /// <summary>What the barrier is to do.</summary>
    public required GateDecision Decision { get; init; }

    /// <summary>Why, in one word that never changes its meaning. See <see cref="ScanReason"/>.</summary>
    public required ScanReason Reason { get; init; }

    /// <summary>When the service decided, by its own clock.</summary>
    public required Instant DecidedAt { get; init; }

    /// <summary>The stay this scan opened or closed; null on a refusal.</summary>
    public StaySummary? Stay { get; init; }

    /// <summary>What the stay that this scan closed costs; null where there is none, or parking has no price.</summary>
    public Fee? Fee { get; init; }

    /// <summary>What to show the driver.</summary>
    public required GateDisplay Display { get; init; }

    /// <summary>Every event of this journal up to and including this number is known to the service. 0: none yet.</summary>
    public required long AcknowledgedThrough { get; init; }
}

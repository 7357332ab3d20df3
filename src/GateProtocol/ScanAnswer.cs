using NodaTime;

namespace Parking.GateProtocol;

/// <summary>
/// What was decided of a scan. Once given it never changes: a repeated scan gets it again.
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

    /// <summary>
    /// The scan and its decision, sealed by the service: base64url, opaque, at most <see cref="ReportedScan.MaxReceiptLength"/> characters. Sent in place of the code when the scan is reported
    /// again, it restores what the service's store may have lost. Null where nothing would have to be restored.
    /// </summary>
    public string? Receipt { get; init; }
}

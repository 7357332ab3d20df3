using NodaTime;

namespace Parking.GateProtocol;

/// <summary>The decision on a scan. It never changes: a repeated scan gets the same answer.</summary>
public sealed record ScanAnswer
{
    /// <summary>The instruction to the barrier.</summary>
    public required GateDecision Decision { get; init; }

    /// <summary>The reason, a word whose meaning never changes. See <see cref="ScanReason"/>.</summary>
    public required ScanReason Reason { get; init; }

    /// <summary>The time of the decision by the service's clock.</summary>
    public required Instant DecidedAt { get; init; }

    /// <summary>The stay that this scan opened or closed; null on a refusal.</summary>
    public StaySummary? Stay { get; init; }

    /// <summary>The fee of the stay that this scan closed; null if there is none, or if parking has no price.</summary>
    public Fee? Fee { get; init; }

    /// <summary>The texts to show to the driver.</summary>
    public required GateDisplay Display { get; init; }

    /// <summary>
    /// The scan and its decision, sealed by the service: base64url, opaque, at most <see cref="ReportedScan.MaxReceiptLength"/> characters.
    /// The gate sends it instead of the code when it reports the scan again; it restores the scan if the service's store has lost it. Null
    /// if there is nothing to restore.
    /// </summary>
    public string? Receipt { get; init; }
}

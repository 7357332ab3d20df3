using Parking.GateProtocol;

namespace Parking.Api.Gates;

/// <summary>What came of a scan.</summary>
internal abstract record ScanOutcome
{
    private ScanOutcome()
    {
    }

    /// <summary>It is decided: now, or before, or by the gate.</summary>
    public sealed record Answered(ScanAnswer Answer, long AcknowledgedThrough) : ScanOutcome;

    /// <summary>Another content stands under its identity. Nothing changed.</summary>
    public sealed record Conflicting(long AcknowledgedThrough) : ScanOutcome;

    /// <summary>It lies within what was acknowledged long ago; its answer is no longer kept. It is not decided again.</summary>
    public sealed record Forgotten(long AcknowledgedThrough) : ScanOutcome;
}

using Parking.GateProtocol;

namespace Parking.Api.Gates;

/// <summary>What came of a posted scan.</summary>
internal abstract record ScanOutcome
{
    private ScanOutcome()
    {
    }

    /// <summary>Decided, now or earlier.</summary>
    public sealed record Answered(ScanAnswer Answer) : ScanOutcome;

    /// <summary>Another content stands under this identity.</summary>
    public sealed record Conflicting : ScanOutcome;

    /// <summary>The identity was answered so long ago that the answer is no longer kept. It is not decided again.</summary>
    public sealed record Forgotten : ScanOutcome;
}

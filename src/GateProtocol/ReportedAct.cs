using System.ComponentModel.DataAnnotations;

namespace Parking.GateProtocol;

/// <summary>An action of the barrier or of the vehicle.</summary>
public sealed record ReportedAct : ReportedEvent
{
    /// <summary>The largest number of characters in a <see cref="Reason"/>.</summary>
    public const int MaxReasonLength = 200;

    /// <summary>The action.</summary>
    public required BarrierAct Act { get; init; }

    /// <summary>
    /// The number of the scan that it follows: an earlier event of the same journal. Null only for <see cref="BarrierAct.OpenedByHand"/>.
    /// </summary>
    [Range(EventSequence.First, EventSequence.Max, ErrorMessage = "scan is the seq of the scan that the act follows.")]
    public long? Scan { get; init; }

    /// <summary>
    /// Why a person opened the barrier; required for <see cref="BarrierAct.OpenedByHand"/>, otherwise null. A text for people; it must not
    /// name anyone.
    /// </summary>
    [StringLength(MaxReasonLength, MinimumLength = 1, ErrorMessage = "reason has 1 to 200 characters.")]
    public string? Reason { get; init; }
}

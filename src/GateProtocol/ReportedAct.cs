using System.ComponentModel.DataAnnotations;

namespace Parking.GateProtocol;

/// <summary>What the barrier did.</summary>
public sealed record ReportedAct : ReportedEvent
{
    /// <summary>The most characters of a <see cref="Reason"/>.</summary>
    public const int MaxReasonLength = 200;

    /// <summary>What was done.</summary>
    public required BarrierAct Act { get; init; }

    /// <summary>The number of the scan it follows, in the same journal and before this event. Only <see cref="BarrierAct.OpenedByHand"/> may have none.</summary>
    [Range(EventSequence.First, EventSequence.Max, ErrorMessage = "scan is the seq of the scan that the act follows.")]
    public long? Scan { get; init; }

    /// <summary>Why a person opened the barrier; required for <see cref="BarrierAct.OpenedByHand"/>, absent otherwise. For people: nothing that names one.</summary>
    [StringLength(MaxReasonLength, MinimumLength = 1, ErrorMessage = "reason has 1 to 200 characters.")]
    public string? Reason { get; init; }
}

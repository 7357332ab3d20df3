using NodaTime;
using Parking.GateProtocol;

namespace Parking.Events;

/// <summary>What the barrier did after a scan of this timeline. It has no place of its own among the passages: it says whether its scan's is one.</summary>
public sealed record ActEvent : GateEvent
{
    public required BarrierAct Act { get; init; }

    /// <summary>The scan it follows, of the same gate and journal.</summary>
    public required GateEventId Scan { get; init; }

    /// <summary>Why a person opened the barrier; null for all other acts.</summary>
    public string? Reason { get; init; }

    public required Instant TakenInAt { get; init; }

    public override Instant RecordedAt => TakenInAt;

    /// <remarks>Computed from what is stored anyway.</remarks>
    public override Fingerprint Content => Fingerprint.OfAct(DeviceTime, (long)ClockOffset.TotalMilliseconds, Act, Scan.Seq, Reason);
}

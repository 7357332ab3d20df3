using NodaTime;
using Parking.GateProtocol;

namespace Parking.Events;

/// <summary>What was answered to a scan, and when. Immutable once made.</summary>
public readonly record struct Decision(ScanReason Reason, Instant At)
{
    public bool Opens => Reason.Opens();
}

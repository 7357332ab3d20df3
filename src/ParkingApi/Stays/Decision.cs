using NodaTime;
using Parking.GateProtocol;

namespace Parking.Api.Stays;

/// <summary>What was answered to a scan, and when. Immutable once made.</summary>
internal readonly record struct Decision(ScanReason Reason, Instant At)
{
    public bool Opens => Reason.Opens();
}

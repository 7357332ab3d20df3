using NodaTime;
using Parking.Codes;
using Parking.GateProgram.Journal;
using Parking.GateProtocol;

namespace Parking.GateProgram;

/// <summary>Decides without the service. The checks are in the order that the protocol defines.</summary>
internal static class OfflineDecider
{
    /// <param name="check">The result of verifying the code.</param>
    /// <param name="direction">The lane's direction.</param>
    /// <param name="feed">The last feed.</param>
    /// <param name="openings">The openings of this gate.</param>
    /// <param name="now">The current true time.</param>
    /// <returns>The reason why the barrier opens or stays shut.</returns>
    public static ScanReason Decide(CodeCheck check, GateDirection direction, GateFeed feed, OwnOpenings openings, Instant now) =>
        !check.IsAccepted ? (ScanReason)(int)check.Refusal
        : openings.HasUsed(check.CodeId) ? ScanReason.CodeUsed
        : direction == GateDirection.Exit ? ScanReason.OpenedOffline
        : feed.State == FacilityState.Closed ? ScanReason.FacilityClosed
        : feed.State == FacilityState.Full ? ScanReason.Full
        : feed.Offline.Policy != OfflinePolicy.Open ? ScanReason.OfflineShut
        : openings.CountAlone(now) >= feed.Offline.OpeningsPerHour ? ScanReason.OfflineLimit
        : ScanReason.OpenedOffline;
}

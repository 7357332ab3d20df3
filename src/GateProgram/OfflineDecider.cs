using NodaTime;
using Parking.Codes;
using Parking.GateProgram.Journal;
using Parking.GateProtocol;

namespace Parking.GateProgram;

/// <summary>Decides without the service, in the protocol's order.</summary>
internal static class OfflineDecider
{
    /// <param name="check">What the code itself is worth.</param>
    /// <param name="direction">Which way the lane leads.</param>
    /// <param name="feed">What the service said last.</param>
    /// <param name="openings">What this gate has opened for.</param>
    /// <param name="now">True time as the gate knows it.</param>
    /// <returns>Why it opens or stays shut.</returns>
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

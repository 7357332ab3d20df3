using NodaTime;
using Parking.Codes;
using Parking.GateProgram.Journal;
using Parking.GateProtocol;

namespace Parking.GateProgram;

/// <summary>Decides without the service. The checks are in the order that the protocol defines.</summary>
internal static class OfflineDecider
{
    /// <param name="check">The result of verifying the code.</param>
    /// <param name="isRevoked">Whether the code's certificate is known to be revoked.</param>
    /// <param name="direction">The lane's direction.</param>
    /// <param name="feed">The last feed.</param>
    /// <param name="openings">The openings of this gate.</param>
    /// <param name="clock">The gate's clock.</param>
    /// <returns>The reason why the barrier opens or stays shut.</returns>
    public static ScanReason Decide(
        CodeCheck check, bool isRevoked, GateDirection direction, GateFeed feed, OwnOpenings openings, GateClock clock)
    {
        var isExit = direction == GateDirection.Exit;
        return !check.IsAccepted && !(isExit && IsLate(check, feed, clock)) ? (ScanReason)(int)check.Refusal
            : isRevoked ? ScanReason.DeviceRevoked
            : openings.HasUsed(check.CodeId) ? ScanReason.CodeUsed
            : !isExit ? DecideEntry(feed, openings, clock.Now)
            : check.IsAccepted ? ScanReason.OpenedOffline
            : ScanReason.OpenedOfflineLate;
    }

    /// <summary>
    /// Whether a genuine code outside its time window still lets somebody out: it has expired not long ago, or the gate does not know the
    /// time. A parked driver whose phone cannot get a fresh code is not kept inside.
    /// </summary>
    private static bool IsLate(CodeCheck check, GateFeed feed, GateClock clock) =>
        check.IsGenuine && feed.LateExitHours is > 0 and var hours
        && (!clock.IsSet || (check.Refusal == CodeRefusal.Expired && clock.Now < check.ExpiresAt + Duration.FromHours(hours)));

    private static ScanReason DecideEntry(GateFeed feed, OwnOpenings openings, Instant now) =>
        feed.State == FacilityState.Closed ? ScanReason.FacilityClosed
        : feed.State == FacilityState.Full ? ScanReason.Full
        : feed.Offline.Policy != OfflinePolicy.Open ? ScanReason.OfflineShut
        : openings.CountAlone(now) >= feed.Offline.OpeningsPerHour ? ScanReason.OfflineLimit
        : ScanReason.OpenedOffline;
}

using System.Diagnostics;
using Parking.GateProtocol;

namespace Parking.Events;

/// <summary>What each reason means for the barrier.</summary>
public static class ScanReasons
{
    /// <summary>Whether the barrier opens.</summary>
    /// <exception cref="UnreachableException">The value is not a reason.</exception>
    public static bool Opens(this ScanReason reason) => reason switch
    {
        ScanReason.Entered or ScanReason.EnteredAfterMissedExit or ScanReason.Exited or ScanReason.MissedEntry
            or ScanReason.OpenedOffline => true,
        ScanReason.NotACode or ScanReason.BadEncoding or ScanReason.BadShape or ScanReason.UnsupportedAlgorithm
            or ScanReason.UnknownKey or ScanReason.BadSignature or ScanReason.NotYetValid or ScanReason.Expired
            or ScanReason.CodeUsed or ScanReason.AlreadyParked or ScanReason.Full or ScanReason.CallAttendant
            or ScanReason.OfflineShut or ScanReason.OfflineLimit or ScanReason.FacilityClosed => false,
        _ => throw new UnreachableException($"{reason} is not a reason."),
    };
}

namespace Parking.GateProtocol;

/// <summary>
/// What the barrier, or the vehicle before it, did after a scan. The numbers are stored: add new ones, never change existing ones.
/// </summary>
public enum BarrierAct
{
    /// <summary>The barrier was opened for the scan. The event is written before the barrier moves.</summary>
    Opened = 1,

    /// <summary>The barrier was not opened for the scan, whatever was decided.</summary>
    StayedShut = 2,

    /// <summary>A vehicle went through.</summary>
    Passed = 3,

    /// <summary>The vehicle went back: the effect of the scan (a stay's start or end) is undone.</summary>
    BackedOut = 4,

    /// <summary>A person opened the barrier. It may name a scan that was refused, or none at all.</summary>
    OpenedByHand = 5,
}

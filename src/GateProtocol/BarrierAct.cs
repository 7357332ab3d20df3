namespace Parking.GateProtocol;

/// <summary>What the barrier, or the vehicle before it, then did. The numbers are stored: they may only ever be added to.</summary>
public enum BarrierAct
{
    /// <summary>The barrier was opened for the scan. Written before it moves.</summary>
    Opened = 1,

    /// <summary>The barrier was not opened for the scan, whatever was decided.</summary>
    StayedShut = 2,

    /// <summary>A vehicle went through.</summary>
    Passed = 3,

    /// <summary>The vehicle went back where it came from: what the scan began or ended is taken back.</summary>
    BackedOut = 4,

    /// <summary>A person opened the barrier. It may name a scan that was refused, or none at all.</summary>
    OpenedByHand = 5,
}

namespace Parking.Contracts;

/// <summary>What an entry of a facility's log says. The numbers are stored: they may only ever be added to.</summary>
public enum LogEntryKind
{
    /// <summary>A second vehicle followed through on one opening.</summary>
    Tailgating = 1,

    /// <summary>A barrier does not do what it is told.</summary>
    BarrierFault = 2,

    /// <summary>A barrier does again what it is told.</summary>
    BarrierRepaired = 3,

    /// <summary>A person opened a barrier, and no scan says for whom.</summary>
    OpenedByHand = 4,

    /// <summary>A gate lost the service and decides alone.</summary>
    WentOffline = 5,

    /// <summary>A gate found the service again.</summary>
    CameBack = 6,

    /// <summary>Somebody counted the vehicles that are parked.</summary>
    Counted = 7,
}

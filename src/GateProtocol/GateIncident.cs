namespace Parking.GateProtocol;

/// <summary>What went wrong at a gate. The numbers are stored: they may only ever be added to.</summary>
public enum GateIncident
{
    /// <summary>A second vehicle followed through on one opening.</summary>
    Tailgating = 1,

    /// <summary>The barrier does not do what it is told.</summary>
    BarrierFault = 2,

    /// <summary>The barrier does again what it is told.</summary>
    BarrierRepaired = 3,
}

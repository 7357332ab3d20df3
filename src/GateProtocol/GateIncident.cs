namespace Parking.GateProtocol;

/// <summary>An incident at a gate. The numbers are stored: add new ones, never change existing ones.</summary>
public enum GateIncident
{
    /// <summary>A second vehicle passed on one opening.</summary>
    Tailgating = 1,

    /// <summary>The barrier does not follow instructions.</summary>
    BarrierFault = 2,

    /// <summary>The barrier follows instructions again.</summary>
    BarrierRepaired = 3,
}

namespace Parking.GateProtocol;

/// <summary>Whether a facility admits vehicles. Exits are never affected.</summary>
public enum FacilityState
{
    /// <summary>It admits vehicles.</summary>
    Open = 1,

    /// <summary>Every place is taken, and the capacity is enforced.</summary>
    Full = 2,

    /// <summary>An operator has closed it to entries.</summary>
    Closed = 3,
}

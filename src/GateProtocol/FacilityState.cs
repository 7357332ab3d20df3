namespace Parking.GateProtocol;

/// <summary>Whether a facility takes vehicles in. Nobody inside is ever kept there by it.</summary>
public enum FacilityState
{
    /// <summary>It does.</summary>
    Open = 1,

    /// <summary>Every place is taken, where that is enforced.</summary>
    Full = 2,

    /// <summary>An operator has closed it.</summary>
    Closed = 3,
}

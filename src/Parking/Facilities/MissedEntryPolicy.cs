namespace Parking.Facilities;

/// <summary>What an exit gate does with a driver of whom nothing is parked here by our books.</summary>
public enum MissedEntryPolicy
{
    /// <summary>Opens and records the debt: nobody is held because of our state.</summary>
    Open = 1,

    /// <summary>Stays shut and calls an attendant, who is on site.</summary>
    Assist = 2,
}

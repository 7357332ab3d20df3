namespace Parking.Simulation.Cities;

/// <summary>What a facility's exit does with a driver of whom nothing is parked there by the books.</summary>
public enum MissedEntryPolicy
{
    /// <summary>Lets the driver out.</summary>
    Open,

    /// <summary>Calls an attendant.</summary>
    Assist,
}

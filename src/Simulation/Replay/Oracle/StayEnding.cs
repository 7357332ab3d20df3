namespace Parking.Simulation.Replay.Oracle;

/// <summary>How a stay came to its end, if it has, by the names that the service writes.</summary>
public enum StayEnding
{
    /// <summary>Still parked.</summary>
    Open,

    /// <summary>Both gates saw the vehicle.</summary>
    Exited,

    /// <summary>The vehicle came in again without having been seen to leave.</summary>
    MissedExit,

    /// <summary>The vehicle left without having been seen to come in.</summary>
    MissedEntry,

    /// <summary>Somebody looked, and the vehicle was not there.</summary>
    Inventory,
}

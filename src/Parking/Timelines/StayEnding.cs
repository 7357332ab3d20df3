namespace Parking.Timelines;

/// <summary>How a stay came to its end, if it has. The numbers and names are public: they may only ever be added to.</summary>
public enum StayEnding
{
    /// <summary>Still parked.</summary>
    Open = 0,

    /// <summary>Both gates saw the vehicle.</summary>
    Exited = 1,

    /// <summary>The vehicle came in again, here or elsewhere, without having been seen to leave.</summary>
    MissedExit = 2,

    /// <summary>The vehicle left without having been seen to come in.</summary>
    MissedEntry = 3,

    /// <summary>Somebody looked, and the vehicle was not there.</summary>
    Inventory = 4,
}

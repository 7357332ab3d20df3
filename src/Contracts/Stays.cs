namespace Parking.Contracts;

/// <summary>How far the books on a stay can be trusted. The numbers and names are public: they may only ever be added to.</summary>
public enum StayState
{
    /// <summary>What the barrier did for one of its scans is not known yet.</summary>
    Provisional = 1,

    /// <summary>All that is known of it fits together.</summary>
    Settled = 2,

    /// <summary>It cannot be true as it stands: its vehicle was at two facilities at once, or one of its codes opened two barriers.</summary>
    Conflicting = 3,

    /// <summary>One of its ends was seen by nobody, so that it has no fee.</summary>
    Uncollectable = 4,

    /// <summary>It was part of another stay, which its record names.</summary>
    Superseded = 5,

    /// <summary>What it rested on did not happen: the vehicle backed out, or the barrier stayed shut.</summary>
    Withdrawn = 6,
}

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

namespace Parking.Simulation.Replay.Oracle;

/// <summary>How far the books on a stay can be trusted, by the names that the service writes.</summary>
public enum StayState
{
    /// <summary>Something about it is not known yet. With everything reported there is no such stay.</summary>
    Provisional,

    /// <summary>All that is known of it fits together.</summary>
    Settled,

    /// <summary>It cannot be true as it stands.</summary>
    Conflicting,

    /// <summary>One of its ends was seen by nobody.</summary>
    Uncollectable,

    /// <summary>It turned out to be part of another stay.</summary>
    Superseded,

    /// <summary>What it rested on did not happen.</summary>
    Withdrawn,
}

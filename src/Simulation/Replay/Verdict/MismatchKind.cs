namespace Parking.Simulation.Replay.Verdict;

/// <summary>What can be wrong.</summary>
public enum MismatchKind
{
    /// <summary>A scan was decided otherwise, and no fault can be the reason.</summary>
    Decision,

    /// <summary>The service did not understand an event, or found that it contradicts another. No gate of a replay ever gives it reason to.</summary>
    RejectedEvent,

    /// <summary>The books do not have a stay.</summary>
    LostStay,

    /// <summary>The books have a stay twice.</summary>
    DoubledStay,

    /// <summary>The books have a stay that nothing led to.</summary>
    UnknownStay,

    /// <summary>A stay is in the books, with something else about it.</summary>
    StayMember,

    /// <summary>A stay costs something else.</summary>
    Fee,

    /// <summary>The occupancy, in the end or when it was asked for with nothing in flight, is not the number of open stays.</summary>
    Occupancy,
}

namespace Parking.Contracts;

/// <summary>How far a facility's occupancy can be trusted.</summary>
public enum OccupancyConfidence
{
    /// <summary>Every gate is heard, has sent everything, and nobody passed whom no stay accounts for.</summary>
    Exact = 1,

    /// <summary>The number is right by the books, but something is known to be missing in them.</summary>
    Reduced = 2,

    /// <summary>The store, or the facility's log in it, cannot be read.</summary>
    Unknown = 3,
}

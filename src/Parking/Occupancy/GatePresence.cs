namespace Parking.Occupancy;

/// <summary>Whether a gate is heard.</summary>
public enum GatePresence
{
    /// <summary>It gave a sign of life within the last 25 seconds.</summary>
    Online = 1,

    /// <summary>It did once, and does no more.</summary>
    Silent = 2,

    /// <summary>It never did.</summary>
    Never = 3,
}

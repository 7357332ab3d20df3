namespace Parking.Contracts;

/// <summary>Which way a gate's lane leads. The numbers are stored: they may only ever be added to.</summary>
public enum GateDirection
{
    /// <summary>Into the facility.</summary>
    Entry = 1,

    /// <summary>Out of it.</summary>
    Exit = 2,
}

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

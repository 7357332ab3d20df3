namespace Parking.Simulation.Traces;

/// <summary>What a driver holds before the reader.</summary>
public enum ShownCode
{
    /// <summary>A fresh code of the driver's own.</summary>
    Valid,

    /// <summary>One of the driver's own whose minute, and the skew that gates allow, was over.</summary>
    Expired,

    /// <summary>A code that is right in everything but the key, which the service never published.</summary>
    Forged,

    /// <summary>One of the driver's own with a signature that does not fit.</summary>
    Damaged,

    /// <summary>A text that is no code at all.</summary>
    Foreign,
}

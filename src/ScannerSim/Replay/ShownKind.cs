namespace Parking.ScannerSim.Replay;

/// <summary>What was held before the reader.</summary>
internal enum ShownKind
{
    /// <summary>A fresh code of the driver's own.</summary>
    Valid,

    /// <summary>The driver's own, too late.</summary>
    Expired,

    /// <summary>Signed with a key that the service never published.</summary>
    Forged,

    /// <summary>The driver's own with a signature that does not fit.</summary>
    Damaged,

    /// <summary>No code at all.</summary>
    Foreign,
}

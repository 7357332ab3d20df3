namespace Parking.ScannerSim.Replay;

/// <summary>Faults that could have changed how a scan was decided.</summary>
[Flags]
internal enum FaultReach
{
    None = 0,

    /// <summary>The gate had no line.</summary>
    GateCut = 1,

    /// <summary>The gate's process was ended, or just starting again.</summary>
    GateKilled = 2,

    /// <summary>A request did not arrive.</summary>
    RequestDropped = 4,

    /// <summary>An answer did not arrive.</summary>
    AnswerDropped = 8,

    /// <summary>Something arrived late, twice or out of order.</summary>
    Delayed = 16,

    /// <summary>The service was down.</summary>
    ServiceDown = 32,

    /// <summary>The service's store was down.</summary>
    StoreDown = 64,

    /// <summary>The gate's clock was wrong.</summary>
    ClockSkewed = 128,

    /// <summary>Earlier events of this gate were not at the service yet.</summary>
    GateUnsent = 256,

    /// <summary>Earlier events of this driver were not at the service yet.</summary>
    HolderUnsent = 512,

    /// <summary>Earlier events of this facility were not at the service yet, on which depends whether it is full.</summary>
    FacilityUnsent = 1024,

    /// <summary>An earlier decision of this driver's had come out otherwise by a fault, so that this one starts from elsewhere.</summary>
    HolderDiverted = 2048,
}

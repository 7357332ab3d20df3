namespace Parking.Simulation.Replay;

/// <summary>Faults that could have changed how a scan was decided.</summary>
[Flags]
public enum FaultReach
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

    /// <summary>A request arrived late, or out of order.</summary>
    Delayed = 16,

    /// <summary>The service or its store was down, or had been a moment before.</summary>
    ServiceDown = 32,

    /// <summary>What the store had written last was gone, and gates had not brought it back yet.</summary>
    StoreForgot = 64,

    /// <summary>The gate's clock was wrong.</summary>
    ClockSkewed = 128,

    /// <summary>Earlier events of this driver were not at the service yet.</summary>
    HolderUnsent = 512,

    /// <summary>Earlier events of this facility were not at the service yet, on which depends whether it is full.</summary>
    FacilityUnsent = 1024,

    /// <summary>An earlier decision of this driver's had come out otherwise by a fault, so that this one starts from elsewhere.</summary>
    HolderDiverted = 2048,
}

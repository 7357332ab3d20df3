namespace Parking.Simulation.Replay;

/// <summary>The faults that may have changed the decision of a scan.</summary>
[Flags]
public enum FaultReach
{
    None = 0,

    /// <summary>The gate's line was cut.</summary>
    GateCut = 1,

    /// <summary>The gate's program was killed or was starting again.</summary>
    GateKilled = 2,

    /// <summary>A request was lost.</summary>
    RequestDropped = 4,

    /// <summary>An answer was lost.</summary>
    AnswerDropped = 8,

    /// <summary>A request arrived late or out of order.</summary>
    Delayed = 16,

    /// <summary>The service or its store was down, or was starting again.</summary>
    ServiceDown = 32,

    /// <summary>The store had lost its last writes, and gates had not sent them again yet.</summary>
    StoreForgot = 64,

    /// <summary>The gate's clock was wrong.</summary>
    ClockSkewed = 128,

    /// <summary>Earlier events of this driver were not sent to the service yet.</summary>
    HolderUnsent = 512,

    /// <summary>Earlier events of this facility, which determine whether it is full, were not sent to the service yet.</summary>
    FacilityUnsent = 1024,

    /// <summary>A fault changed an earlier decision of this driver, so that this one starts from another state.</summary>
    HolderDiverted = 2048,

    /// <summary>A fault changed which vehicles are at the facility, and the decision depends on whether it is full.</summary>
    FacilityDiverted = 4096,

    /// <summary>The phone that made the code was ended, but the service may have lost what it knew of the phone or of its end.</summary>
    EndUnsure = 8192,
}

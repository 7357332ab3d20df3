namespace Parking.Simulation.Replay;

/// <summary>What a vehicle did at a barrier.</summary>
public enum VehicleOutcome
{
    /// <summary>It left the way it came, the barrier being shut.</summary>
    DidNotPass,

    /// <summary>It went through.</summary>
    Passed,

    /// <summary>The barrier opened, and it went back.</summary>
    BackedOut,
}

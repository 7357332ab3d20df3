namespace Parking.Simulation.Traces;

/// <summary>What a vehicle does before an open barrier.</summary>
public enum VehicleMove
{
    /// <summary>It goes through.</summary>
    Passed,

    /// <summary>It goes back where it came from.</summary>
    BackedOut,
}

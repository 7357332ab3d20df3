namespace Parking.GateProgram;

/// <summary>What the loop in the lane tells of the vehicle.</summary>
public enum VehicleMove
{
    /// <summary>It went through.</summary>
    Passed,

    /// <summary>It went back from an open barrier.</summary>
    BackedOut,

    /// <summary>It went away from a shut one.</summary>
    TurnedAway,
}

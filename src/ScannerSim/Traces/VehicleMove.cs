namespace Parking.ScannerSim.Traces;

/// <summary>What a vehicle does before an open barrier.</summary>
internal enum VehicleMove
{
    /// <summary>It goes through.</summary>
    Passed,

    /// <summary>It goes back where it came from.</summary>
    BackedOut,
}

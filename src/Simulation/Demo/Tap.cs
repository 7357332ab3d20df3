using Parking.GateProtocol;
using Parking.Simulation.Cities;

namespace Parking.Simulation.Demo;

/// <summary>A driver holds something up to a gate's reader.</summary>
public sealed record Tap
{
    public required DriverPlan Driver { get; init; }

    /// <summary>Which of the driver's taps it is: 0, 1, 2 … It settles the camera's frames.</summary>
    public required int Index { get; init; }

    public required FacilityPlan Facility { get; init; }

    public required GatePlan Gate { get; init; }

    /// <summary>What the symbol says; asked for each frame, as the phone may have drawn another one meanwhile.</summary>
    public required Func<CancellationToken, Task<string>> Text { get; init; }

    /// <summary>The vehicle that stands before the gate; null where the code names none.</summary>
    public required string? Plate { get; init; }

    public required ScanReason Expected { get; init; }

    /// <summary>Whether the answer is to get lost, so that the gate decides alone.</summary>
    public bool LosesAnswer { get; init; }
}

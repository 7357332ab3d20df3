using Parking.GateProgram;
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

/// <summary>What came of a tap.</summary>
public sealed record TapRecord
{
    public required Tap Tap { get; init; }

    /// <summary>What the gate made of it; null where nothing could be read.</summary>
    public GateShowing? Showing { get; init; }

    /// <summary>The service's answer; null where the gate decided alone.</summary>
    public ScanAnswer? Answer => Showing?.Answer;

    /// <summary>Why there was none.</summary>
    public string? Fault { get; init; }

    /// <summary>Frames the camera took until one was read.</summary>
    public int Frames { get; init; }

    /// <summary>From the first frame until its text was there.</summary>
    public TimeSpan Read { get; init; }

    public TimeSpan Network => Showing?.Network ?? TimeSpan.Zero;

    /// <summary>The service's own time; null where it did not say.</summary>
    public TimeSpan? Decide => Showing?.Decide;

    /// <summary>From holding up the phone to the opening barrier.</summary>
    public TimeSpan Total => Read + Network + (Decide ?? TimeSpan.Zero);

    public bool IsAsExpected => Fault is null && Showing?.Reason == Tap.Expected;
}

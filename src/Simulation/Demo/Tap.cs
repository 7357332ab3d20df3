using Parking.GateProgram;
using Parking.GateProtocol;
using Parking.Simulation.Cities;

namespace Parking.Simulation.Demo;

/// <summary>One showing of a symbol to a gate's reader.</summary>
public sealed record Tap
{
    public required DriverPlan Driver { get; init; }

    /// <summary>The index of this tap among the driver's taps, from 0. It determines the camera's frames.</summary>
    public required int Index { get; init; }

    public required FacilityPlan Facility { get; init; }

    public required GatePlan Gate { get; init; }

    /// <summary>Returns the symbol's text. Called for each frame, because the phone may have redrawn its code.</summary>
    public required Func<CancellationToken, Task<string>> Text { get; init; }

    /// <summary>The plate of the vehicle at the gate; null if the code names none.</summary>
    public required string? Plate { get; init; }

    public required ScanReason Expected { get; init; }

    /// <summary>Whether the answer is lost on the way, so that the gate decides alone.</summary>
    public bool LosesAnswer { get; init; }
}

/// <summary>The result of a tap.</summary>
public sealed record TapRecord
{
    public required Tap Tap { get; init; }

    /// <summary>The gate's result; null if no frame could be read.</summary>
    public GateShowing? Showing { get; init; }

    /// <summary>The service's answer; null if the gate decided alone.</summary>
    public ScanAnswer? Answer => Showing?.Answer;

    /// <summary>Why there is no result.</summary>
    public string? Fault { get; init; }

    /// <summary>The number of frames until one was read.</summary>
    public int Frames { get; init; }

    /// <summary>The time from the first frame until its text was read.</summary>
    public TimeSpan Read { get; init; }

    public TimeSpan Network => Showing?.Network ?? TimeSpan.Zero;

    /// <summary>The service's time for deciding; null if it did not report one.</summary>
    public TimeSpan? Decide => Showing?.Decide;

    /// <summary>From showing the phone to opening the barrier.</summary>
    public TimeSpan Total => Read + Network + (Decide ?? TimeSpan.Zero);

    public bool IsAsExpected => Fault is null && Showing?.Reason == Tap.Expected;
}

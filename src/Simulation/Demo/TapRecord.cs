using Parking.GateProgram;
using Parking.GateProtocol;

namespace Parking.Simulation.Demo;

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

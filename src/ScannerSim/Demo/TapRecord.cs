using Parking.GateProtocol;

namespace Parking.ScannerSim.Demo;

/// <summary>What came of a tap.</summary>
internal sealed record TapRecord
{
    public required Tap Tap { get; init; }

    /// <summary>The answer; null where there was none.</summary>
    public ScanAnswer? Answer { get; init; }

    /// <summary>Why there was none.</summary>
    public string? Fault { get; init; }

    /// <summary>Frames the camera took until one was read.</summary>
    public int Frames { get; init; }

    /// <summary>From the first frame until its text was there.</summary>
    public TimeSpan Read { get; init; }

    public TimeSpan Network { get; init; }

    /// <summary>The service's own time; null where it did not say.</summary>
    public TimeSpan? Decide { get; init; }

    /// <summary>Attempts to get an answer.</summary>
    public int Attempts { get; init; }

    /// <summary>From holding up the phone to the opening barrier.</summary>
    public TimeSpan Total => Read + Network + (Decide ?? TimeSpan.Zero);

    public bool IsAsExpected => Fault is null && Answer?.Reason == Tap.Expected;
}

namespace Parking.ScannerSim.Gates;

/// <summary>How patient a gate is.</summary>
internal sealed record GateClientOptions
{
    public static GateClientOptions Default { get; } = new();

    /// <summary>How long one attempt may take.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a scan may take in all. When it is over, no further attempt begins.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The wait before the second attempt; it doubles from attempt to attempt, up to <see cref="LongestWait"/>.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromMilliseconds(100);

    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(2);
}

namespace Parking.ScannerSim.Tests.Gates;

/// <summary>A device's clocks: the steady clock and the timers are true, and the clock that says what time it is is wrong.</summary>
/// <param name="real">True time.</param>
internal sealed class SkewedTime(TimeProvider real) : TimeProvider
{
    /// <summary>How far ahead the clock is. May be changed at any moment: somebody sets it.</summary>
    public TimeSpan Skew { get; set; }

    public override long TimestampFrequency => real.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => real.GetUtcNow() + Skew;

    public override long GetTimestamp() => real.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        real.CreateTimer(callback, state, dueTime, period);
}

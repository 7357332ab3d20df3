namespace Parking.Simulation.Phones;

/// <summary>The clocks of a device whose clock is wrong. Its steady clock and its timers are right.</summary>
/// <param name="real">True time.</param>
/// <param name="ahead">How far the device's clock is ahead.</param>
public sealed class WrongTime(TimeProvider real, TimeSpan ahead) : TimeProvider
{
    public override long TimestampFrequency => real.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => real.GetUtcNow() + ahead;

    public override long GetTimestamp() => real.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        real.CreateTimer(callback, state, dueTime, period);
}

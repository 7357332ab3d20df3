using NodaTime;

namespace Parking.Simulation.Replay.Driving;

/// <summary>
/// The clocks of one gate or phone: a steady clock that keeps true time, and the device's clock, which may be wrong. Timers never fire. The
/// replay ends every wait in virtual time, so that a busy machine cannot make a request late.
/// </summary>
/// <param name="world">True time.</param>
internal sealed class GateTime(VirtualTime world) : TimeProvider
{
    private long _skewTicks;

    /// <summary>How far the device's clock is ahead of true time.</summary>
    public Duration Skew
    {
        get => Duration.FromTicks(Volatile.Read(ref _skewTicks));
        set => Volatile.Write(ref _skewTicks, (long)value.TotalTicks);
    }

    public Instant True => world.Now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => (world.Now + Skew).ToDateTimeOffset();

    public override long GetTimestamp() => world.Now.ToUnixTimeTicks();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new InertTimer();

    private sealed class InertTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

/// <summary>The virtual time of a replay's gates and service. It changes only when the replay sets it.</summary>
internal sealed class VirtualTime(Instant start)
{
    private long _ticks = start.ToUnixTimeTicks();

    public Instant Now
    {
        get => Instant.FromUnixTimeTicks(Volatile.Read(ref _ticks));
        set => Volatile.Write(ref _ticks, value.ToUnixTimeTicks());
    }
}

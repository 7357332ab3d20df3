using System.Diagnostics;

namespace Parking.Api.Simulation;

/// <summary>
/// A clock that moves only when it is told to, with its timers. A move acts like a machine's sleep: each due timer fires once, however
/// many periods have passed, so that a jump over a year costs no more than a jump over a second.
/// </summary>
/// <remarks>
/// Timestamps are the machine's: what they measure (the duration of a store call, the distance between ticks) happens in real time.
/// </remarks>
internal sealed class VirtualTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly HashSet<Timer> _timers = [];
    private DateTimeOffset _now = start;

    public override long TimestampFrequency => Stopwatch.Frequency;

    public override long GetTimestamp() => Stopwatch.GetTimestamp();

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    /// <summary>Moves the clock and fires all timers that are due by then, the longest due first.</summary>
    /// <param name="to">Now or later.</param>
    public void MoveTo(DateTimeOffset to)
    {
        lock (_lock)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(to, _now);
            _now = to;
        }

        GoOff();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private void GoOff()
    {
        List<Timer> due;
        lock (_lock)
        {
            due = [.. _timers.Where(timer => timer.DueAt <= _now).OrderBy(timer => timer.DueAt)];
            foreach (var timer in due)
            {
                Set(timer, timer.Period, timer.Period);
            }
        }

        foreach (var timer in due)
        {
            timer.GoOff();
        }
    }

    /// <summary>The caller holds the lock.</summary>
    private void Set(Timer timer, TimeSpan dueTime, TimeSpan period)
    {
        timer.Period = period > TimeSpan.Zero ? period : Timeout.InfiniteTimeSpan;
        timer.DueAt = _now + dueTime;
        if (dueTime == Timeout.InfiniteTimeSpan)
        {
            _timers.Remove(timer);
        }
        else
        {
            _timers.Add(timer);
        }
    }

    private sealed class Timer(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        private bool _isDisposed;

        public DateTimeOffset DueAt { get; set; }

        public TimeSpan Period { get; set; }

        public void GoOff() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                if (_isDisposed)
                {
                    return false;
                }

                time.Set(this, dueTime, period);
            }

            if (dueTime == TimeSpan.Zero)
            {
                // Due at once, even while the clock stands still; and not on the stack of the caller that sets the timer.
                ThreadPool.QueueUserWorkItem(_ => time.GoOff());
            }

            return true;
        }

        public void Dispose()
        {
            lock (time._lock)
            {
                _isDisposed = true;
                time._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace Parking.ScannerSim.Tests.Gates;

/// <summary>
/// A fake clock. Every wait on it is over at once, and its time has passed. Only timers of one length, which guard something, run out when
/// a test makes them run out. The clock remembers the waits.
/// </summary>
/// <param name="guard">The length of the guarding timers.</param>
internal sealed class RecordingTime(TimeSpan guard) : FakeTimeProvider
{
    private readonly ConcurrentQueue<TimeSpan> _waits = new();

    public IReadOnlyCollection<TimeSpan> Waits => _waits;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime != guard && dueTime > TimeSpan.Zero)
        {
            _waits.Enqueue(dueTime);
            Advance(dueTime);
        }
        return timer;
    }
}

using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace Parking.ScannerSim.Tests.Gates;

/// <summary>
/// A fake clock that records every wait. A wait ends at once, and the clock advances by its length. Timers of the guarding length are an
/// exception: they expire only when a test says so.
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

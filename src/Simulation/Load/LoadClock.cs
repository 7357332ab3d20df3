namespace Parking.Simulation.Load;

/// <summary>The time of a load, counted from its beginning. The beginning may be in the future.</summary>
/// <param name="time">Measures and waits.</param>
/// <param name="lead">The time until the beginning.</param>
internal sealed class LoadClock(TimeProvider time, TimeSpan lead)
{
    private readonly long _started = time.GetTimestamp();

    /// <summary>The time since the beginning; negative before it.</summary>
    public TimeSpan Now => time.GetElapsedTime(_started) - lead;

    /// <summary>
    /// Waits until a time. Timers have whole milliseconds, so this may return up to one millisecond late and never returns early.
    /// </summary>
    public async ValueTask WaitUntilAsync(TimeSpan at, CancellationToken cancellationToken)
    {
        while (at - Now is var wait && wait > TimeSpan.Zero)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), time, cancellationToken);
        }
    }
}

namespace Parking.Simulation.Load;

/// <summary>Time as a load counts it: from its beginning, which may be to come.</summary>
/// <param name="time">Measures and waits.</param>
/// <param name="lead">How far off the beginning is.</param>
internal sealed class LoadClock(TimeProvider time, TimeSpan lead)
{
    private readonly long _started = time.GetTimestamp();

    /// <summary>Since the beginning; negative before it.</summary>
    public TimeSpan Now => time.GetElapsedTime(_started) - lead;

    /// <summary>Waits until a moment. Timers go by whole milliseconds: it may be over by as much, and is never early.</summary>
    public async ValueTask WaitUntilAsync(TimeSpan at, CancellationToken cancellationToken)
    {
        while (at - Now is var wait && wait > TimeSpan.Zero)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), time, cancellationToken);
        }
    }
}

namespace Parking.BackOffice.Archive;

/// <summary>
/// Keeps a drain that has much to do at a steady pace. What it allocates makes the garbage collector stop every thread, those of scans too;
/// at full speed that happens so often that one scan in a hundred waits for it.
/// </summary>
/// <param name="time">Measures and waits.</param>
public sealed class DrainPace(TimeProvider time)
{
    /// <summary>At most so many timelines and so many revisions a second.</summary>
    public const int MostPerSecond = 1_250;

    /// <summary>How far it may be behind its pace and catch up.</summary>
    private static readonly TimeSpan LongestLag = TimeSpan.FromMilliseconds(200);

    private long _due = long.MinValue;

    /// <summary>Waits until a round is paid for. Used by one drain at a time.</summary>
    public Task WaitAsync(DrainResult round, CancellationToken cancellationToken)
    {
        var now = time.GetTimestamp();
        var lag = (long)(LongestLag.TotalSeconds * time.TimestampFrequency);
        var cost = Math.Max(round.Timelines, round.Revisions) * time.TimestampFrequency / MostPerSecond;
        _due = Math.Max(_due, now - lag) + cost;
        return _due > now ? Task.Delay(time.GetElapsedTime(now, _due), time, cancellationToken) : Task.CompletedTask;
    }
}

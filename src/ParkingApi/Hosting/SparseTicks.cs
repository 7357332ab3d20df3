namespace Parking.Api.Hosting;

/// <summary>
/// A timer's ticks without those that come denser than a distance in the machine's time: where a simulation's time runs fast, passes one after the other would keep the scans waiting.
/// </summary>
internal sealed class SparseTicks(TimeProvider time, TimeSpan leastDistance)
{
    private long? _last;

    /// <summary>Whether this tick counts. If it does, the distance to the next one begins.</summary>
    public bool IsDue()
    {
        if (_last is { } last && time.GetElapsedTime(last) < leastDistance)
        {
            return false;
        }

        _last = time.GetTimestamp();
        return true;
    }
}

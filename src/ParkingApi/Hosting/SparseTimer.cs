namespace Parking.Api.Hosting;

/// <summary>A <see cref="PeriodicTimer"/> whose ticks are <see cref="SparseTicks"/>.</summary>
internal sealed class SparseTimer(TimeSpan period, TimeSpan leastDistance, TimeProvider time) : IDisposable
{
    private readonly PeriodicTimer _timer = new(period, time);
    private readonly SparseTicks _ticks = new(time, leastDistance);

    /// <summary>Waits for the next tick that counts.</summary>
    /// <returns>False once the timer is disposed of.</returns>
    public async Task<bool> WaitForNextTickAsync(CancellationToken cancellationToken)
    {
        while (await _timer.WaitForNextTickAsync(cancellationToken))
        {
            if (_ticks.IsDue())
            {
                // Off the stack of whoever moves a simulation's clock: a pass may take long, and scans wait for the clock.
                await Task.Yield();
                return true;
            }
        }

        return false;
    }

    public void Dispose() => _timer.Dispose();
}

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

namespace Parking.Api.Hosting;

/// <summary>A <see cref="PeriodicTimer"/> that skips ticks as <see cref="SparseTicks"/> says.</summary>
internal sealed class SparseTimer(TimeSpan period, TimeSpan leastDistance, TimeProvider time) : IDisposable
{
    private readonly PeriodicTimer _timer = new(period, time);
    private readonly SparseTicks _ticks = new(time, leastDistance);

    /// <summary>Waits for the next tick that is not skipped.</summary>
    /// <returns>False once the timer is disposed.</returns>
    public async Task<bool> WaitForNextTickAsync(CancellationToken cancellationToken)
    {
        while (await _timer.WaitForNextTickAsync(cancellationToken))
        {
            if (_ticks.IsDue())
            {
                // Leaves the stack of the caller that moves a simulation's clock: a pass may take long, and scans wait for the clock.
                await Task.Yield();
                return true;
            }
        }

        return false;
    }

    public void Dispose() => _timer.Dispose();
}

/// <summary>
/// Skips ticks that follow the last one by less than a minimum of machine time. In a fast simulation every tick would otherwise start
/// a pass, and scans would wait for the passes.
/// </summary>
internal sealed class SparseTicks(TimeProvider time, TimeSpan leastDistance)
{
    private long? _last;

    /// <summary>Whether this tick is to be used. If so, the minimum distance to the next one starts now.</summary>
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

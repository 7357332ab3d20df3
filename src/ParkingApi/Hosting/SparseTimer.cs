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

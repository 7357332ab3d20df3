using NodaTime;
using NodaTime.Extensions;
using Parking.Api.Hosting;

namespace Parking.Api.Simulation;

/// <summary>
/// Moves virtual time forward, and only while no request is being handled; until it is released. From then on it is the machine's.
/// </summary>
internal sealed class SimulationClock(VirtualTime time, KeptTime kept, Traffic traffic, MachineTime machine)
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Once time runs by itself: up to when it is kept.</summary>
    private Instant _keptThrough;

    public Instant Now => time.GetCurrentInstant();

    /// <summary>Ends when time is released.</summary>
    public Task Released => _released.Task;

    /// <summary>Whether time runs by itself. Nobody moves it then.</summary>
    public bool Runs => Released.IsCompleted;

    private Instant MachineNow => machine.Provider.GetUtcNow().ToInstant();

    /// <summary>
    /// Waits until no request is in flight, moves time to <paramref name="to"/>, and fires the timers that are due by then.
    /// </summary>
    /// <returns>True if time has moved; false if it was later already, or runs by itself.</returns>
    public Task<bool> AdvanceAsync(Instant to, CancellationToken cancellationToken) => traffic.AloneAsync(
        () =>
        {
            if (Runs || to < Now)
            {
                return Task.FromResult(false);
            }

            Move(to);
            return Task.FromResult(true);
        },
        cancellationToken);

    /// <summary>Waits until time is at least <paramref name="at"/>; moves it in the same way if no other caller does.</summary>
    /// <returns>False if it is earlier and runs by itself.</returns>
    public async Task<bool> ReachAsync(Instant at, CancellationToken cancellationToken)
    {
        await traffic.AloneUnlessAsync(() => Runs || at <= Now, () => Move(at), cancellationToken);
        return at <= Now;
    }

    /// <summary>Waits until no request is in flight, moves time to the machine's, and lets it run by itself from then on.</summary>
    /// <returns>True if it runs; false if it is later than the machine's.</returns>
    public Task<bool> ReleaseAsync(CancellationToken cancellationToken) => traffic.AloneAsync(
        () =>
        {
            if (!Runs && MachineNow >= Now)
            {
                Follow();
                _released.SetResult();
            }

            return Task.FromResult(Runs);
        },
        cancellationToken);

    /// <summary>
    /// Moves time to the machine's, also while requests are handled. If the machine's clock was set back, time stands until it is reached.
    /// </summary>
    public void Follow()
    {
        var now = MachineNow;
        if (now <= Now)
        {
            return;
        }

        if (now > _keptThrough)
        {
            // A second ahead, so that the disk is not written at each tick. Whoever starts again begins at most that much later.
            _keptThrough = now + Duration.FromSeconds(1);
            kept.Keep(_keptThrough);
        }

        time.MoveTo(now.ToDateTimeOffset());
    }

    private void Move(Instant to)
    {
        // Written to disk first: after a kill, nothing in the store may be later than the clock.
        kept.Keep(to);
        time.MoveTo(to.ToDateTimeOffset());
    }
}

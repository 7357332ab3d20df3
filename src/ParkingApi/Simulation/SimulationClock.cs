using NodaTime;
using NodaTime.Extensions;

namespace Parking.Api.Simulation;

/// <summary>Moves virtual time forward, and only while no request is being handled.</summary>
internal sealed class SimulationClock(VirtualTime time, KeptTime kept, Traffic traffic)
{
    public Instant Now => time.GetCurrentInstant();

    /// <summary>
    /// Waits until no request is in flight, moves time to <paramref name="to"/>, and fires the timers that are due by then.
    /// </summary>
    /// <returns>True if time has moved; false if it was later already.</returns>
    public Task<bool> AdvanceAsync(Instant to, CancellationToken cancellationToken) => traffic.AloneAsync(
        () =>
        {
            if (to < Now)
            {
                return Task.FromResult(false);
            }

            Move(to);
            return Task.FromResult(true);
        },
        cancellationToken);

    /// <summary>Waits until time is at least <paramref name="at"/>; moves it in the same way if no other caller does.</summary>
    public Task ReachAsync(Instant at, CancellationToken cancellationToken) =>
        traffic.AloneUnlessAsync(() => at <= Now, () => Move(at), cancellationToken);

    private void Move(Instant to)
    {
        // Written to disk first: after a kill, nothing in the store may be later than the clock.
        kept.Keep(to);
        time.MoveTo(to.ToDateTimeOffset());
    }
}

using NodaTime;
using NodaTime.Extensions;

namespace Parking.Api.Simulation;

/// <summary>Moves virtual time: forward, and only while no request is being handled.</summary>
internal sealed class SimulationClock(VirtualTime time, KeptTime kept, Traffic traffic)
{
    public Instant Now => time.GetCurrentInstant();

    /// <summary>Waits until nothing is in flight, moves to <paramref name="to"/>, and lets the timers go off that are due by then.</summary>
    /// <returns>Whether time has moved there; not if it was later already.</returns>
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

    /// <summary>Has time be at <paramref name="at"/> or later: moves it in the same way, if nobody else does.</summary>
    public Task ReachAsync(Instant at, CancellationToken cancellationToken) => traffic.AloneUnlessAsync(() => at <= Now, () => Move(at), cancellationToken);

    private void Move(Instant to)
    {
        // First on disk: after a kill, nothing in the store may be later than the clock.
        kept.Keep(to);
        time.MoveTo(to.ToDateTimeOffset());
    }
}

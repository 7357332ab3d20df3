using Parking.Api.Hosting;

namespace Parking.Api.Simulation;

/// <summary>Runs all pending background work now, so that the service's state can be compared without waiting.</summary>
internal sealed class Settling(IEnumerable<IBackgroundWork> work, Traffic traffic)
{
    public Task SettleAsync(CancellationToken cancellationToken) => traffic.AloneAsync(
        async () =>
        {
            foreach (var one in work)
            {
                await one.CatchUpAsync(cancellationToken);
            }

            return true;
        },
        cancellationToken);
}

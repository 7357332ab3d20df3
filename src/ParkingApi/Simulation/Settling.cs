using Parking.Api.Hosting;

namespace Parking.Api.Simulation;

/// <summary>Has done at once what the service does by and by, so that books can be compared without waiting.</summary>
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

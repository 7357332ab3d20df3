using Microsoft.Extensions.Diagnostics.HealthChecks;
using Parking.Ports;

namespace Parking.Api.Hosting.Health;

/// <summary>Whether the store answers, and keeps what it is given.</summary>
internal sealed class StoreHealth(IStoreHealth health) : IHealthCheck
{
    public const string Name = "store";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await health.ProbeAsync(cancellationToken);
            return HealthCheckResult.Healthy("The store answers.");
        }
        catch (StoreUnavailableException e)
        {
            // Why is for the log; whoever asks from outside learns that it is so.
            return HealthCheckResult.Unhealthy("The store is out of reach.", e);
        }
    }
}

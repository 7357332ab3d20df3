using Microsoft.Extensions.Diagnostics.HealthChecks;
using Parking.Ports;

namespace Parking.Api.Hosting.Health;

/// <summary>
/// Whether this instance's clock agrees with the store's. Instances share what expires, such as commands to gates, so one whose clock is
/// wrong must not serve.
/// </summary>
internal sealed class ClockHealth(ClockComparison clocks) : IHealthCheck
{
    public const string Name = "clock";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return await clocks.AgreeAsync(cancellationToken)
                ? HealthCheckResult.Healthy("The clock is right.")
                : HealthCheckResult.Unhealthy("The clock is more than a second from the store's.");
        }
        catch (StoreUnavailableException e)
        {
            return HealthCheckResult.Unhealthy("The store's clock cannot be read.", e);
        }
    }
}

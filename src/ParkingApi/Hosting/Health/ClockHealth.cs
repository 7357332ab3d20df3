using Microsoft.Extensions.Diagnostics.HealthChecks;
using NodaTime;
using Parking.Ports;

namespace Parking.Api.Hosting.Health;

/// <summary>
/// Whether this instance's clock agrees with the store's. Instances share what expires, such as commands to gates, so one whose clock is
/// wrong must not serve. The time of a simulation is nobody's clock, and is not compared.
/// </summary>
internal sealed class ClockHealth(IStoreClock store, IClock clock, IHostEnvironment environment) : IHealthCheck
{
    public const string Name = "clock";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (environment.IsSimulation())
        {
            return HealthCheckResult.Healthy("The time is a simulation's.");
        }

        try
        {
            var before = clock.GetCurrentInstant();
            var read = await store.ReadAsync().WaitAsync(cancellationToken);
            var after = clock.GetCurrentInstant();

            // The store read its clock at some moment between the two.
            return read is not { } told || (told > before - IStoreClock.Tolerance && told < after + IStoreClock.Tolerance)
                ? HealthCheckResult.Healthy("The clock is right.")
                : HealthCheckResult.Unhealthy("The clock is more than a second from the store's.");
        }
        catch (StoreUnavailableException e)
        {
            return HealthCheckResult.Unhealthy("The store's clock cannot be read.", e);
        }
    }
}

using Microsoft.Extensions.Diagnostics.HealthChecks;
using Parking.Admission;

namespace Parking.Api.Codes;

/// <summary>Whether there are keys to mint and verify with.</summary>
internal sealed class KeyRingHealth(CodeKeys keys) : IHealthCheck
{
    public const string Name = "keyRing";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            keys.AreLoaded ? HealthCheckResult.Healthy("Keys are loaded.") : HealthCheckResult.Unhealthy("No keys are loaded."));
}

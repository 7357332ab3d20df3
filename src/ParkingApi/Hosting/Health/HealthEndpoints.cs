using System.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using NodaTime;
using Parking.Api.Hosting.OpenApi;
using Parking.Contracts;
using Parking.Ports;

namespace Parking.Api.Hosting.Health;

/// <summary>Health checks for the programs that start, stop and balance instances of the service.</summary>
internal static class HealthEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly HealthAnswer Alive = new() { Status = ServiceHealth.Healthy, Checks = [] };

    private static readonly HealthAnswer ReadyExample = new()
    {
        Status = ServiceHealth.Healthy,
        Checks =
        [
            new("archive", ServiceHealth.Healthy, "The archive answers."),
            new("clock", ServiceHealth.Healthy, "The clock is right."),
            new("keyRing", ServiceHealth.Healthy, "Keys are loaded."),
            new("store", ServiceHealth.Healthy, "The store answers."),
            new("warmUp", ServiceHealth.Healthy, "The service is warm."),
        ],
    };

    private static readonly HealthAnswer NotReadyExample = new()
    {
        Status = ServiceHealth.Unhealthy,
        Checks =
        [
            new("archive", ServiceHealth.Healthy, "The archive answers."),
            new("clock", ServiceHealth.Healthy, "The clock is right."),
            new("keyRing", ServiceHealth.Healthy, "Keys are loaded."),
            new("store", ServiceHealth.Unhealthy, "The store is out of reach."),
            new("warmUp", ServiceHealth.Healthy, "The service is warm."),
        ],
    };

    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddSingleton<StoreHealth>();
        services.AddHealthChecks()
            .AddCheck<StoreHealth>(StoreHealth.Name, timeout: Patience)
            .AddCheck<ClockHealth>(ClockHealth.Name, timeout: Patience);
        services.AddSingleton<ClockComparison>();
        services.AddBackgroundWork<StoreWatch>();
        return services;
    }

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/health").WithTags("Health").AllowAnonymous();

        health.MapGet("", GetReadyAsync)
            .WithName("GetHealth").WithSummary("The health of the service: the same as /health/ready")
            .Produces<HealthAnswer>().Produces<HealthAnswer>(StatusCodes.Status503ServiceUnavailable)
            .WithResponseExample(ReadyExample)
            .WithResponseExample(NotReadyExample, StatusCodes.Status503ServiceUnavailable);
        health.MapGet("/live", GetLive)
            .WithName("GetLive").WithSummary("Whether the process runs; if not, restart it")
            .WithResponseExample(Alive);
        health.MapGet("/ready", GetReadyAsync)
            .WithName("GetReady").WithSummary("Whether requests can be served now; if not, send them to another instance")
            .Produces<HealthAnswer>().Produces<HealthAnswer>(StatusCodes.Status503ServiceUnavailable)
            .WithResponseExample(ReadyExample)
            .WithResponseExample(NotReadyExample, StatusCodes.Status503ServiceUnavailable);
    }

    private static Ok<HealthAnswer> GetLive(IHostEnvironment environment, IClock clock) =>
        TypedResults.Ok(Marked(Alive, environment, clock));

    private static async Task<JsonHttpResult<HealthAnswer>> GetReadyAsync(
        HealthCheckService checks, IHostEnvironment environment, IClock clock, HttpResponse response, CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(cancellationToken);
        var answer = new HealthAnswer
        {
            Status = Of(report.Status),
            Checks =
            [
                .. report.Entries.OrderBy(entry => entry.Key, StringComparer.Ordinal)
                    .Select(entry => new HealthCheck(entry.Key, Of(entry.Value.Status), entry.Value.Description)),
            ],
        };
        response.Headers.CacheControl = "no-store";
        return TypedResults.Json(
            Marked(answer, environment, clock),
            statusCode: answer.Status == ServiceHealth.Healthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>Marks a simulation: load balancers and monitors must see that it is no real instance.</summary>
    private static HealthAnswer Marked(HealthAnswer answer, IHostEnvironment environment, IClock clock) =>
        environment.IsSimulation() ? answer with { Simulation = true, Now = clock.GetCurrentInstant() } : answer;

    private static ServiceHealth Of(HealthStatus status) =>
        status == HealthStatus.Healthy ? ServiceHealth.Healthy : ServiceHealth.Unhealthy;
}

/// <summary>
/// Whether the store takes what a scan writes, and keeps it. A good result serves all who ask within a second: anybody may ask, and
/// frequent probes must not slow down scans.
/// </summary>
internal sealed class StoreHealth(IStoreHealth health) : IHealthCheck
{
    public const string Name = "store";

    private static readonly TimeSpan ProbeEvery = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private Task? _probe;
    private long _probedAt;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await ProbeAsync().WaitAsync(cancellationToken);
            return HealthCheckResult.Healthy("The store answers.");
        }
        catch (StoreUnavailableException e)
        {
            // The reason goes to the log only; callers learn only that the store is out of reach.
            return HealthCheckResult.Unhealthy("The store is out of reach.", e);
        }
    }

    private Task ProbeAsync()
    {
        lock (_lock)
        {
            var isGood = _probe is { IsCompleted: false }
                || (_probe is { IsCompletedSuccessfully: true } && Stopwatch.GetElapsedTime(_probedAt) < ProbeEvery);
            if (_probe is null || !isGood)
            {
                (_probe, _probedAt) = (health.ProbeAsync(CancellationToken.None), Stopwatch.GetTimestamp());
            }

            return _probe;
        }
    }
}

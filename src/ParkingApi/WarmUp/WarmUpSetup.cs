using Microsoft.Extensions.Diagnostics.HealthChecks;
using Parking.Api.Hosting.Start;
using Parking.Ports;

namespace Parking.Api.WarmUp;

/// <summary>Registers what makes the service warm before it is ready.</summary>
internal static class WarmUpSetup
{
    private static readonly TimeSpan StorePatience = TimeSpan.FromSeconds(3);

    public static IServiceCollection AddWarmUp(this IServiceCollection services)
    {
        services.AddSingleton<WarmUpState>();
        services.AddSingleton<Rehearsal>();
        services.AddHostedService<WarmUpService>();
        services.AddHealthChecks().AddCheck<WarmUpHealth>(WarmUpHealth.Name);
        return services;
    }

    /// <summary>
    /// Opens the store before anything else needs it, and asks whether its data was written under these settings. A store that is out of
    /// reach may come later, and the health check reports it until then.
    /// </summary>
    /// <exception cref="InvalidSettingsException">
    /// The store does not accept the service's credentials, or must not be used with these settings.
    /// </exception>
    public static async Task OpenStoreAsync(this WebApplication app)
    {
        try
        {
            await app.Services.GetRequiredService<IStoreHealth>().ProbeAsync(CancellationToken.None).WaitAsync(StorePatience);
        }
        catch (StoreRefusedException e)
        {
            throw new InvalidSettingsException(e.Reasons);
        }
        catch (Exception)
        {
            // The health check reports it, and so does whatever needs the store.
        }
    }

    /// <summary>Notes what answers requests from here on. Comes first, so that this is everything.</summary>
    public static IApplicationBuilder UseWarmUp(this IApplicationBuilder app)
    {
        var state = app.ApplicationServices.GetRequiredService<WarmUpState>();
        return app.Use(next => state.Pipeline = next);
    }
}

/// <summary>How far the start is.</summary>
internal sealed class WarmUpState
{
    private volatile bool _isWarm;

    /// <summary>What answers requests; null until the server is about to start.</summary>
    public RequestDelegate? Pipeline { get; set; }

    /// <summary>Whether the warm-up is over, however it ended.</summary>
    public bool IsWarm
    {
        get => _isWarm;
        set => _isWarm = value;
    }
}

/// <summary>Whether the first scan will be as fast as any other.</summary>
internal sealed class WarmUpHealth(WarmUpState state) : IHealthCheck
{
    public const string Name = "warmUp";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            state.IsWarm ? HealthCheckResult.Healthy("The service is warm.") : HealthCheckResult.Degraded("The service is starting."));
}

using Parking.Ports;

namespace Parking.Api.Hosting;

/// <summary>Work that runs beside requests on a timer. A simulation can run all of it at once.</summary>
internal interface IBackgroundWork
{
    /// <summary>
    /// Does all pending work, due or not. It may run at the same time as its own timer, but not while requests are handled.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store is out of reach; some work is still pending.</exception>
    Task CatchUpAsync(CancellationToken cancellationToken);
}

/// <summary>Registers background work.</summary>
internal static class BackgroundWorkSetup
{
    /// <summary>Registers one instance as hosted service, as <see cref="IBackgroundWork"/> and under its own type.</summary>
    public static IServiceCollection AddBackgroundWork<T>(this IServiceCollection services)
        where T : class, IHostedService, IBackgroundWork
    {
        services.AddSingleton<T>();
        services.AddHostedService(provider => provider.GetRequiredService<T>());
        return services.AddSingleton<IBackgroundWork>(provider => provider.GetRequiredService<T>());
    }
}

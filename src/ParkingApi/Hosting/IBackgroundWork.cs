using Parking.Ports;

namespace Parking.Api.Hosting;

/// <summary>Something that the service does by and by. In a simulation it can be asked to have done it now.</summary>
internal interface IBackgroundWork
{
    /// <summary>Does everything that is left to do, whether or not its time has come. It may run beside its own timer, but not beside requests.</summary>
    /// <exception cref="StoreUnavailableException">The store is out of reach, so something is left.</exception>
    Task CatchUpAsync(CancellationToken cancellationToken);
}

/// <summary>Registers what runs beside requests.</summary>
internal static class BackgroundWorkSetup
{
    /// <summary>One instance: to be run, to be asked to catch up, and to be found by its own type.</summary>
    public static IServiceCollection AddBackgroundWork<T>(this IServiceCollection services)
        where T : class, IHostedService, IBackgroundWork
    {
        services.AddSingleton<T>();
        services.AddHostedService(provider => provider.GetRequiredService<T>());
        return services.AddSingleton<IBackgroundWork>(provider => provider.GetRequiredService<T>());
    }
}

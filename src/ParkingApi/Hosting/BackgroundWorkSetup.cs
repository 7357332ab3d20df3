namespace Parking.Api.Hosting;

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

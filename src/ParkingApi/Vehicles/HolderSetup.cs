using Parking.Accounts;

namespace Parking.Api.Vehicles;

/// <summary>Registers the services of holders and their vehicle accounts.</summary>
internal static class HolderSetup
{
    public static IServiceCollection AddHolders(this IServiceCollection services) =>
        services.AddSingleton<StandingCache>().AddSingleton<HolderRegistry>();
}

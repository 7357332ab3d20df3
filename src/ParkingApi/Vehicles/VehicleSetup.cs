using Parking.Accounts;

namespace Parking.Api.Vehicles;

/// <summary>Registers the services of holders and their vehicle accounts.</summary>
internal static class VehicleSetup
{
    public static IServiceCollection AddVehicles(this IServiceCollection services) =>
        services.AddSingleton<StandingCache>().AddSingleton<HolderRegistry>();
}

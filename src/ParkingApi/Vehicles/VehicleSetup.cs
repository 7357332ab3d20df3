using Parking.Accounts;
using Parking.Api.Hosting.Identity;

namespace Parking.Api.Vehicles;

/// <summary>Registers the services of holders and their vehicle accounts.</summary>
internal static class VehicleSetup
{
    public static IServiceCollection AddVehicles(this IServiceCollection services) => services
        .AddSingleton<StandingCache>()
        .AddSingleton<HolderRegistry>()
        .AddSingleton(provider => new Invitations(provider.GetRequiredService<ServiceSecrets>().StayKey))
        .AddSingleton<VehicleSharing>();
}

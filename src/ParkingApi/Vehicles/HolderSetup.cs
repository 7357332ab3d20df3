using Parking.Accounts;

namespace Parking.Api.Vehicles;

/// <summary>Citizens and their vehicles.</summary>
internal static class HolderSetup
{
    public static IServiceCollection AddHolders(this IServiceCollection services) => services.AddSingleton<StandingCache>().AddSingleton<HolderRegistry>();
}

using Parking.Api.Hosting;
using Parking.Api.Hosting.Identity;
using Parking.Facilities;
using Parking.Occupancy;
using Parking.Rights;

namespace Parking.Api.Occupancy;

/// <summary>Registers the services and the hub of live occupancy.</summary>
internal static class OccupancySetup
{
    public static void AddOccupancy(this IServiceCollection services)
    {
        services.AddSingleton<FacilityStates>();
        services.AddSingleton<FacilityWatch>();
        services.AddBackgroundWork<FacilityLookout>();
        services.AddSingleton<OccupancyBoard>();
        services.AddSingleton<DistrictBoard>();
        services.AddSingleton<CommandBoard>();
        services.AddSingleton<OccupancyUpdates>();
        services.AddSingleton<DecisionFeed>();
        services.AddSingleton<AlarmFeed>();
        services.AddBackgroundWork<OccupancyPump>();
        services.AddSingleton<OccupancyScreens>();
        services.AddHostedService(provider => provider.GetRequiredService<OccupancyScreens>());

        // After the pump, whose first tick fills the board.
        services.AddBackgroundWork<OccupancyHistory>();
    }

    public static void MapOccupancy(this IEndpointRouteBuilder routes) => routes.MapHub<OccupancyHub>(OccupancyHub.Path)
        .RequireDuty(DutyKind.Watch, DutyScope.Anywhere);
}

namespace Parking.Api.Drivers;

/// <summary>Registers the hub of drivers.</summary>
internal static class DriverSetup
{
    public static void AddDrivers(this IServiceCollection services) => services.AddSingleton<DriverMoments>();

    public static void MapDrivers(this IEndpointRouteBuilder routes) =>
        routes.MapHub<DriverHub>(DriverHub.Path);
}

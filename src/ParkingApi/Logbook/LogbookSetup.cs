using Parking.Logbook;

namespace Parking.Api.Logbook;

/// <summary>Registers the facilities' logs.</summary>
internal static class LogbookSetup
{
    public static void AddLogbook(this IServiceCollection services) => services.AddSingleton<FacilityLogbook>();
}

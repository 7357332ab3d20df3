using Parking.Alarms;
using Parking.Api.Hosting;
using Parking.BackOffice.Alarms;

namespace Parking.Api.Alarms;

/// <summary>Registers alarms: what judges them, and what keeps them.</summary>
internal static class AlarmSetup
{
    public static void AddAlarms(this IServiceCollection services)
    {
        services.AddSingleton<AlarmBook>();
        services.AddSingleton<GateMishaps>();
        services.AddSingleton<CityConditions>();
        services.AddSingleton<AlarmTable>();
        services.AddSingleton<StayConditions>();
        services.AddSingleton<AlarmKeeper>();
        services.AddBackgroundWork<AlarmWatch>();
    }
}

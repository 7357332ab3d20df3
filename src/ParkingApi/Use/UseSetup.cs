using Parking.Api.Hosting;
using Parking.BackOffice.Use;

namespace Parking.Api.Use;

/// <summary>Registers how facilities were used: what computes it, and what reads it.</summary>
internal static class UseSetup
{
    public static void AddUse(this IServiceCollection services)
    {
        services.AddSingleton<UseRollup>();
        services.AddSingleton<UseReport>();
        services.AddSingleton<UseTables>();
        services.AddBackgroundWork<UseService>();
    }
}

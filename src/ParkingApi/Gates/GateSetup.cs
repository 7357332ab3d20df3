using Microsoft.Extensions.Options;
using Parking.Admission;
using Parking.Api.Hosting;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.Start;

namespace Parking.Api.Gates;

/// <summary>Registers the services behind the endpoints of gates.</summary>
internal static class GateSetup
{
    public static void AddGates(this IServiceCollection services)
    {
        services.AddSettings<GateOptions>(GateOptions.Section);
        services.AddSingleton<IValidateOptions<GateOptions>, GateOptions.Validator>();
        services.AddSingleton(provider => new DecisionTokens(provider.GetRequiredService<ServiceSecrets>().StayKey));
        services.AddSingleton<EntryFacts>();
        services.AddSingleton<ExitFacts>();
        services.AddSingleton<ScanCompletion>();
        services.AddSingleton<ScanHandler>();
        services.AddSingleton<DecisionTokenHandler>();
        services.AddSingleton<ActHandler>();
        services.AddSingleton<InventoryHandler>();
        services.AddSingleton<FacilityEvents>();
        services.AddSingleton<EventAdmission>();
        services.AddSingleton<EventReport>();
        services.AddSingleton<StaySweep>();
        services.AddBackgroundWork<SweepService>();
        services.AddSingleton<GateFeeds>();
        services.AddBackgroundWork<RevocationWatch>();
        services.AddBackgroundWork<GateRoster>();
    }
}

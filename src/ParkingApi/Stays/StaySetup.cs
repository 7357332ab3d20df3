using Microsoft.Extensions.Options;
using NodaTime;
using Parking.Admission;
using Parking.Api.Gates;
using Parking.Api.Hosting;
using Parking.Api.Hosting.Identity;
using Parking.Codes;
using Parking.Stays;

namespace Parking.Api.Stays;

/// <summary>Deciding scans, and everything that follows from it.</summary>
internal static class StaySetup
{
    public static void AddStays(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<StayOptions>, StayOptions.Validator>();
        services.AddOptions<StayOptions>().BindConfiguration(StayOptions.Section).ValidateOnStart();
        services.AddSingleton(provider =>
            new ScanRules(Duration.FromTimeSpan(provider.GetRequiredService<IOptions<StayOptions>>().Value.AntiPassback)));
        services.AddSingleton(provider => new StayNames(new CodeSeal(provider.GetRequiredService<ServiceSecrets>().StayKey)));
        services.AddSingleton<StayPricing>();
        services.AddSingleton<StayDescription>();
        services.AddSingleton<StayReader>();
        services.AddSingleton<RiskReport>();
        services.AddSingleton<PlaceAudit>();
        services.AddSingleton(provider => new ScanReceipts(provider.GetRequiredService<ServiceSecrets>().StayKey));
        services.AddSingleton<EntryFacts>();
        services.AddSingleton<ScanFinish>();
        services.AddSingleton<ScanHandler>();
        services.AddSingleton<ReceiptHandler>();
        services.AddSingleton<ActHandler>();
        services.AddSingleton<InventoryHandler>();
        services.AddSingleton<FacilityEvents>();
        services.AddSingleton<EventAdmission>();
        services.AddSingleton<EventReport>();
        services.AddSingleton<StaySweep>();
        services.AddBackgroundWork<SweepService>();
    }
}

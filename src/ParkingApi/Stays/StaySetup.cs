using Microsoft.Extensions.Options;
using NodaTime;
using Parking.Admission;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.Start;
using Parking.Codes;
using Parking.Stays;

namespace Parking.Api.Stays;

/// <summary>Registers the services of stays: their rules, ids and prices, and the spaces that they take.</summary>
internal static class StaySetup
{
    public static void AddStays(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<StayOptions>, StayOptions.Validator>();
        services.AddSettings<StayOptions>(StayOptions.Section);
        services.AddSingleton(provider =>
            new ScanRules(Duration.FromTimeSpan(provider.GetRequiredService<IOptions<StayOptions>>().Value.AntiPassback)));
        services.AddSingleton(provider => new StayNames(new CodeSeal(provider.GetRequiredService<ServiceSecrets>().StayKey)));
        services.AddSingleton<StayPricing>();
        services.AddSingleton<StayDescription>();
        services.AddSingleton<StayReader>();
        services.AddSingleton<RiskReport>();
        services.AddSingleton<SpaceAudit>();
        services.AddSingleton<StayClosing>();
    }
}

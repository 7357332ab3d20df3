using Microsoft.Extensions.Options;
using Parking.Admission;
using Parking.Api.Hosting.Start;
using Parking.Api.Hosting;

namespace Parking.Api.Codes;

/// <summary>Registers the services of codes and their keys.</summary>
internal static class CodeSetup
{
    public static IServiceCollection AddCodes(this IServiceCollection services)
    {
        services.AddSettings<CodeOptions>(CodeOptions.Section);
        services.AddSingleton<IValidateOptions<CodeOptions>, CodeOptions.Validator>();
        services.AddSingleton<KeyRingFile>();
        services.AddSingleton<CodeKeys>();
        services.AddSingleton<PublishedKeys>();
        services.AddBackgroundWork<KeyRotation>();
        services.AddHealthChecks().AddCheck<KeyRingHealth>(KeyRingHealth.Name);
        return services;
    }
}

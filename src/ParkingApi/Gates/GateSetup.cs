using Microsoft.Extensions.Options;
using Parking.Api.Hosting;

namespace Parking.Api.Gates;

/// <summary>What gates are told, and whether they are heard.</summary>
internal static class GateSetup
{
    public static void AddGates(this IServiceCollection services)
    {
        services.AddOptions<GateOptions>().BindConfiguration(GateOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<GateOptions>, GateOptions.Validator>();
        services.AddSingleton<GateFeeds>();
        services.AddBackgroundWork<GateRoster>();
    }
}

using NodaTime;
using NodaTime.Extensions;
using Parking.Contracts;

namespace Parking.Api.Hosting;

/// <summary>What every feature stands on: the clock, the form of messages, the limits of the server, and what a log may say.</summary>
/// <remarks>
/// The service speaks HTTP behind a proxy that ends TLS. <c>ASPNETCORE_FORWARDEDHEADERS_ENABLED=true</c> has it believe that proxy's
/// X-Forwarded-For and X-Forwarded-Proto; <c>Kestrel:Endpoints</c> with a certificate has it speak HTTPS itself.
/// </remarks>
internal static class ServerSetup
{
    /// <summary>The largest body any call takes; the largest that makes sense is a tenth of it.</summary>
    public const int MaxBodyBytes = 64 * 1024;

    public static void AddServer(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = MaxBodyBytes;
        });

        // This category logs addresses with their query, and the query of the hub has a token in it.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);

        builder.Services.ConfigureHttpJsonOptions(options => ContractJson.Configure(options.SerializerOptions));
        builder.Services.AddValidation();
    }

    /// <summary>One source of time for timers and rules alike.</summary>
    public static IServiceCollection AddClock(this IServiceCollection services)
    {
#pragma warning disable RS0030 // The composition root: the one place that names the system's clock.
        services.AddSingleton(TimeProvider.System);
#pragma warning restore RS0030
        return services.AddSingleton<IClock>(provider => provider.GetRequiredService<TimeProvider>().ToClock());
    }
}

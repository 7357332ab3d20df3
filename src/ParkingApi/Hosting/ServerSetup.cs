using NodaTime;
using NodaTime.Extensions;
using Parking.Contracts;

namespace Parking.Api.Hosting;

/// <summary>The base of every feature: the clock, the JSON of messages, the limits of the server, and what may be logged.</summary>
/// <remarks>
/// The service speaks HTTP behind a proxy that ends TLS. With <c>ASPNETCORE_FORWARDEDHEADERS_ENABLED=true</c> it trusts that proxy's
/// X-Forwarded-For and X-Forwarded-Proto; with a certificate in <c>Kestrel:Endpoints</c> it speaks HTTPS itself.
/// </remarks>
internal static class ServerSetup
{
    /// <summary>The largest request body. The largest meaningful one is a tenth of it.</summary>
    public const int MaxBodyBytes = 64 * 1024;

    /// <summary>How often a hub says something to a client that it has nothing to tell. The pages count 12 s of silence as lost.</summary>
    private static readonly TimeSpan HubKeepAlive = TimeSpan.FromSeconds(5);

    public static void AddServer(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = MaxBodyBytes;
        });

        // This category logs URLs with their query, and the hub's query contains a token.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);

        builder.Services.ConfigureHttpJsonOptions(options => ContractJson.Configure(options.SerializerOptions));
        builder.Services.AddSignalR(options =>
            {
                options.EnableDetailedErrors = false;
                options.KeepAliveInterval = HubKeepAlive;
            })
            .AddJsonProtocol(options => ContractJson.Configure(options.PayloadSerializerOptions));
        builder.Services.AddValidation();
    }

    /// <summary>One source of time for timers and for rules.</summary>
    public static IServiceCollection AddClock(this IServiceCollection services)
    {
#pragma warning disable RS0030 // The composition root: the one place that names the system's clock.
        services.AddSingleton(TimeProvider.System);
#pragma warning restore RS0030
        services.AddSingleton(provider => new MachineTime(provider.GetRequiredService<TimeProvider>()));
        return services.AddSingleton<IClock>(provider => provider.GetRequiredService<TimeProvider>().ToClock());
    }
}

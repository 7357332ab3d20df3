using Microsoft.Extensions.Configuration.Memory;
using NodaTime;
using Parking.Api.Hosting.Files;
using Parking.Api.Recording;

namespace Parking.Api.Simulation;

/// <summary>What makes a service a simulation. Nothing of it is there in any other environment.</summary>
internal static partial class SimulationSetup
{
    /// <summary>Callers that move time themselves are not to be held to so many calls a second of the machine's.</summary>
    private static readonly Dictionary<string, string?> Defaults = new()
    {
        [WebHostDefaults.ServerUrlsKey] = LoopbackAddresses.Default,
        ["RateLimits:MintsPerMinute"] = "6000",
        ["RateLimits:QuotesPerMinute"] = "6000",
        ["RateLimits:ScansPerSecond"] = "10000",
    };

    /// <summary>
    /// Requests that do not keep time standing: those that move it, those that any watchdog makes, and those that stay open while others come
    /// and go.
    /// </summary>
    private static readonly PathString[] Beside = ["/simulation", "/health", "/hubs", RecordingEndpoints.Path];

    /// <summary>Puts virtual time in the place of the system's. After <c>AddClock</c>, whose registration it takes over.</summary>
    public static void AddSimulation(this WebApplicationBuilder builder, DataFolder folder)
    {
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults });
        var start = SimulationSettings.StartOf(builder.Configuration);
        builder.Services.AddSingleton(_ => KeptTime.Open(folder));
        builder.Services.AddSingleton(provider => Begin(provider.GetRequiredService<KeptTime>(), start));
        builder.Services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<VirtualTime>());
        builder.Services.AddSingleton<Traffic>();
        builder.Services.AddSingleton<SimulationClock>();
        builder.Services.AddSingleton<Settling>();
    }

    /// <summary>Counts requests, and has them wait while time moves; a <see cref="StampedRequest"/> has it move. Comes after authorization, which lives by the machine's time.</summary>
    public static void UseSimulation(this WebApplication app)
    {
        var traffic = app.Services.GetRequiredService<Traffic>();
        var clock = app.Services.GetRequiredService<SimulationClock>();
        app.Use(async (context, next) =>
        {
            if (Array.Exists(Beside, path => context.Request.Path.StartsWithSegments(path)))
            {
                await next(context);
            }
            else if (await StampedRequest.FollowAsync(context, clock) is { } problem)
            {
                await problem.ExecuteAsync(context);
            }
            else
            {
                await traffic.PassAsync(() => next(context), context.RequestAborted);
            }
        });
        Says(app.Logger, clock.Now);
    }

    /// <summary>Where it was, or where it is to start if that is later: time does not go back over what has been recorded.</summary>
    private static VirtualTime Begin(KeptTime kept, Instant? start)
    {
#pragma warning disable RS0030 // A composition root: virtual time begins with the system's where nothing is said.
        var begin = (kept.Read(), start) switch
        {
            ({ } was, { } asked) => Instant.Max(was, asked),
            (var was, var asked) => was ?? asked ?? Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow()),
        };
#pragma warning restore RS0030
        kept.Keep(begin);
        return new(begin.ToDateTimeOffset());
    }

    [LoggerMessage(1010, LogLevel.Warning, "This is a simulation: its time is {Now} and moves when it is told to. Nothing in it has happened", EventName = "SimulationRuns")]
    private static partial void Says(ILogger logger, Instant now);
}

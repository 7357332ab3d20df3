using Microsoft.Extensions.Configuration.Memory;
using NodaTime;
using Parking.Api.Hosting;
using Parking.Api.Hosting.Files;
using Parking.Api.Recording;

namespace Parking.Api.Simulation;

/// <summary>Turns the service into a simulation. No other environment registers any of this.</summary>
internal static partial class SimulationSetup
{
    /// <summary>Rate limits count in machine time, so they must not slow down callers that move virtual time.</summary>
    private static readonly Dictionary<string, string?> Defaults = new()
    {
        [WebHostDefaults.ServerUrlsKey] = LoopbackAddresses.Default,
        ["RateLimits:DeviceCallsPerMinute"] = "60000",
        ["RateLimits:MintsPerMinute"] = "6000",
        ["RateLimits:QuotesPerMinute"] = "6000",
        ["RateLimits:ScansPerSecond"] = "10000",
    };

    /// <summary>
    /// Requests during which time may move: those that move it, health checks, and those that stay open for long.
    /// </summary>
    private static readonly PathString[] Beside = ["/simulation", "/health", "/hubs", RecordingEndpoints.Path];

    /// <summary>
    /// Adds the middleware that tells the virtual time in the header <c>Date</c> (RFC 9110, section 6.6.1): the pages learn the service's
    /// time from it. Must be the first.
    /// </summary>
    public static void UseSimulationDate(this WebApplication app)
    {
        var clock = app.Services.GetRequiredService<SimulationClock>();
        app.Use(next => context =>
        {
            context.Response.OnStarting(() =>
            {
                context.Response.GetTypedHeaders().Date = clock.Now.ToDateTimeOffset();
                return Task.CompletedTask;
            });
            return next(context);
        });
    }

    /// <summary>Replaces the system's time by virtual time. Must follow <c>AddClock</c>, whose registration it overrides.</summary>
    public static void AddSimulation(this WebApplicationBuilder builder, DataFolder folder)
    {
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults });
        var start = SimulationSettings.StartOf(builder.Configuration);
        builder.Services.AddSingleton(_ => KeptTime.Open(folder));
        builder.Services.AddSingleton(provider => Begin(provider.GetRequiredService<KeptTime>(), start));
        builder.Services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<VirtualTime>());
#pragma warning disable RS0030 // A composition root: what must not stand still goes by the system's time.
        builder.Services.AddSingleton(new MachineTime(TimeProvider.System));
#pragma warning restore RS0030
        builder.Services.AddSingleton<Traffic>();
        builder.Services.AddSingleton<SimulationClock>();
        builder.Services.AddHostedService<RunningClock>();
        builder.Services.AddSingleton<Settling>();
    }

    /// <summary>
    /// Adds the middleware that counts requests, makes them wait while time moves, and moves time for a <see cref="StampedRequest"/>. Must
    /// follow authorization, which uses machine time.
    /// </summary>
    public static void UseSimulation(this WebApplication app)
    {
        var traffic = app.Services.GetRequiredService<Traffic>();
        var clock = app.Services.GetRequiredService<SimulationClock>();
        app.Use(async (context, next) =>
        {
            if (Array.Exists(Beside, path => context.Request.Path.StartsWithSegments(path))
                || context.GetEndpoint()?.Metadata.GetMetadata<StaysOpen>() is not null)
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

    /// <summary>
    /// Starts at the kept time, or at the configured start if that is later: time never goes back behind recorded events.
    /// </summary>
    private static VirtualTime Begin(KeptTime kept, Instant? start)
    {
#pragma warning disable RS0030 // A composition root: without a setting, virtual time begins at the system's time.
        var begin = (kept.Read(), start) switch
        {
            ({ } was, { } asked) => Instant.Max(was, asked),
            (var was, var asked) => was ?? asked ?? Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow()),
        };
#pragma warning restore RS0030
        kept.Keep(begin);
        return new(begin.ToDateTimeOffset());
    }

    [LoggerMessage(
        1010,
        LogLevel.Warning,
        "This is a simulation: its time is {Now} and moves only on request. Its events are not real",
        EventName = "SimulationRuns")]
    private static partial void Says(ILogger logger, Instant now);
}

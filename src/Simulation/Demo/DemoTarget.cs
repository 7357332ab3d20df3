using NodaTime;
using Parking.Simulation.Cities;
using Parking.Simulation.Service;
using Parking.Simulation.Settings;

namespace Parking.Simulation.Demo;

/// <summary>The service a demo runs against: one that it starts itself and ends afterwards, or one that is running.</summary>
public sealed class DemoTarget : IAsyncDisposable
{
    // Codes that live for seconds, so that an expired one can be shown within the demo; and long enough that none expires by itself in the
    // queue of a slow machine. These are options of the service as any other.
    private const int CodeLifetimeSeconds = 20, CodeRedrawSeconds = 10, CodeSkewSeconds = 1;

    private readonly OwnService? _service;

    private DemoTarget(OwnService? service) => _service = service;

    public required Uri BaseAddress { get; init; }

    public required ServiceSettings Settings { get; init; }

    public required CityPlan City { get; init; }

    /// <summary>What it runs on and why, for a person to read.</summary>
    public required string Description { get; init; }

    /// <summary>Whether the service is the demo's own, empty and nobody else's.</summary>
    public required bool IsOwn { get; init; }

    /// <summary>How long after its expiry a code is surely refused.</summary>
    public Duration CodeGrace { get; } = Duration.FromSeconds(CodeSkewSeconds + 1);

    /// <summary>Gets a service ready.</summary>
    /// <param name="options">Which.</param>
    /// <param name="report">Told what is being waited for.</param>
    /// <param name="time">Measures the waits.</param>
    /// <param name="cancellationToken">Ends the wait, and what was started.</param>
    /// <exception cref="ServiceStartException">It did not come up.</exception>
    /// <exception cref="SettingsException">The settings or the city file are not right.</exception>
    public static Task<DemoTarget> OpenAsync(
        DemoOptions options, Action<string> report, TimeProvider time, CancellationToken cancellationToken) =>
        options.Api is { } api ? Task.FromResult(Connect(options, api)) : StartAsync(options, report, time, cancellationToken);

    public ValueTask DisposeAsync() => _service?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static DemoTarget Connect(DemoOptions options, Uri api) => new(service: null)
    {
        BaseAddress = api,
        Settings = SettingsFile.Load(options.SettingsPath ?? throw new SettingsException("--api needs --settings FILE.")),
        City = options.CityPath is { } path ? CityPlan.Load(path) : DemoCity.Load(),
        Description = $"the service at {api}",
        IsOwn = false,
    };

    private static async Task<DemoTarget> StartAsync(
        DemoOptions options, Action<string> report, TimeProvider time, CancellationToken cancellationToken)
    {
        var configuration = new Dictionary<string, string>
        {
            ["Codes:Lifetime"] = $"00:00:{CodeLifetimeSeconds:00}",
            ["Codes:Redraw"] = $"00:00:{CodeRedrawSeconds:00}",
            ["Codes:Skew"] = $"00:00:{CodeSkewSeconds:00}",
        };
        var service = await OwnService.StartAsync(new(options.Store, configuration), report, time, cancellationToken);
        try
        {
            return new DemoTarget(service)
            {
                BaseAddress = service.BaseAddress,
                Settings = service.Settings,
                City = DemoCity.Load(),
                Description = service.Store,
                IsOwn = true,
            };
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }
}

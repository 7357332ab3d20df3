using NodaTime;
using Parking.Simulation.Cities;
using Parking.Simulation.Service;
using Parking.Simulation.Settings;

namespace Parking.Simulation.Demo;

/// <summary>The service that a demo uses: its own, which it starts and stops, or one that runs already.</summary>
public sealed class DemoTarget : IAsyncDisposable
{
    // A code lives for seconds, so that the demo can show an expired one. It lives long enough not to expire while a driver queues on a
    // slow machine. These are ordinary options of the service.
    private const int CodeLifetimeSeconds = 20, CodeRedrawSeconds = 10, CodeSkewSeconds = 1;

    private readonly OwnService? _service;

    private DemoTarget(OwnService? service) => _service = service;

    public required Uri BaseAddress { get; init; }

    public required ServiceSettings Settings { get; init; }

    public required CityPlan City { get; init; }

    /// <summary>The store and the reason for it, for a person to read.</summary>
    public required string Description { get; init; }

    /// <summary>Whether the demo started the service, so that it is empty and nobody else uses it.</summary>
    public required bool IsOwn { get; init; }

    /// <summary>How long after its expiry every clock refuses a code.</summary>
    public Duration CodeGrace { get; } = Duration.FromSeconds(CodeSkewSeconds + 1);

    /// <summary>Prepares the service.</summary>
    /// <param name="options">The demo's options.</param>
    /// <param name="report">Called with what is being waited for.</param>
    /// <param name="time">Measures waits.</param>
    /// <param name="cancellationToken">Cancels the wait and stops the started processes.</param>
    /// <exception cref="ServiceStartException">The service did not start.</exception>
    /// <exception cref="SettingsException">The settings or the city file are invalid.</exception>
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

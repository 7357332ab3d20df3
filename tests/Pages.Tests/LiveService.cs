using Parking.Optics.Programs;
using Parking.Simulation.Service;
using Parking.Simulation.Settings;

namespace Parking.Pages.Tests;

/// <summary>The built service as a process of its own, on the embedded store and the demo city, in Development.</summary>
public sealed class LiveService : IAsyncLifetime
{
    /// <summary>A test asks for more codes in a minute than a driver needs.</summary>
    private static readonly Dictionary<string, string> Configuration = new() { ["RateLimits:MintsPerMinute"] = "600" };

    private readonly TemporaryFolder _folder = new();

    private ServiceProcess? _process;

#pragma warning disable RS0030 // The composition root of these tests: browser and service live in the machine's time.
    /// <summary>The clock of service, browser and gates.</summary>
    internal static TimeProvider Time => TimeProvider.System;
#pragma warning restore RS0030

    public Uri Origin => _process!.BaseAddress;

    internal ServiceSettings Settings => SettingsFile.Load(Path.Combine(_folder.FullPath, "development.json"));

    public async ValueTask InitializeAsync() =>
        _process = await StartAsync(new ServiceLaunch(_folder.FullPath, Configuration));

    /// <summary>Kills the service.</summary>
    public ValueTask KillAsync() => _process!.DisposeAsync();

    /// <summary>Starts the killed service again: same address, same data.</summary>
    public async Task StartAgainAsync() =>
        _process = await StartAsync(new ServiceLaunch(_folder.FullPath, Configuration) { Address = Origin });

    internal static Task<ServiceProcess> StartAsync(ServiceLaunch launch) =>
        ServiceProcess.StartAsync(launch, Time, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _folder.Dispose();
    }
}

using Parking.Optics.Programs;
using Parking.Simulation.Service;
using Parking.Simulation.Settings;

namespace Parking.Pages.Tests;

/// <summary>
/// The built service as a process of its own, on the embedded store and the demo city, in Development. Browsers and gates reach it over a
/// line that can be cut, which takes no time, where a start takes seconds.
/// </summary>
public class LiveService : IAsyncLifetime
{
    private readonly TemporaryFolder _folder;
    private readonly ServiceLaunch _launch;
    private readonly Line _line;
    private readonly string _settings;

    private ServiceProcess? _process;

    public LiveService()
        : this(new())
    {
    }

    /// <param name="folder">The folder of its own files.</param>
    /// <param name="settings">Further settings.</param>
    private protected LiveService(TemporaryFolder folder, params IEnumerable<KeyValuePair<string, string>> settings)
        : this(folder, "Development", settings)
    {
    }

    /// <param name="folder">The folder of its own files.</param>
    /// <param name="environment">In which environment it runs.</param>
    /// <param name="settings">Further settings.</param>
    private protected LiveService(TemporaryFolder folder, string environment, IEnumerable<KeyValuePair<string, string>> settings)
    {
        _folder = folder;
        Origin = Loopback(LoopbackPort.FindFree());
        var address = Loopback(LoopbackPort.FindFree());
        _line = new(Origin.Port, address.Port);
        _launch = new(_folder.FullPath, new Dictionary<string, string>(settings)
        {
            ["Pages:Origin"] = Origin.GetLeftPart(UriPartial.Authority),

            // A test asks for more codes in a minute than a driver needs.
            ["RateLimits:MintsPerMinute"] = "600",
            ["RateLimits:ScreenCodesPerMinute"] = "600",

            // A test fills a facility as fast as it can.
            ["RateLimits:ScansPerSecond"] = "100",
        })
        {
            Address = address,
            Environment = environment,
        };
        _settings = Path.Combine(_folder.FullPath, environment == "Simulation" ? "simulation.json" : "development.json");
    }

#pragma warning disable RS0030 // The composition root of these tests: browser and service live in the machine's time.
    /// <summary>The clock of service, browser and gates.</summary>
    internal static TimeProvider Time => TimeProvider.System;
#pragma warning restore RS0030

    public Uri Origin { get; }

    internal ServiceSettings Settings => SettingsFile.Load(_settings);

    public virtual async ValueTask InitializeAsync() => await StartAgainAsync();

    /// <summary>Cuts the line. The service runs on and knows nothing of it.</summary>
    public Task CutAsync() => _line.CutAsync();

    /// <summary>Mends the line.</summary>
    public void Mend() => _line.Mend();

    /// <summary>Kills the service.</summary>
    public async Task KillAsync()
    {
        await _process!.DisposeAsync();
        await _line.CutAsync();
    }

    /// <summary>Starts the killed service again: same address, same data.</summary>
    public async Task StartAgainAsync()
    {
        _line.Mend();
        _process = await StartAsync(_launch);
    }

    internal static Task<ServiceProcess> StartAsync(ServiceLaunch launch) =>
        ServiceProcess.StartAsync(launch, Time, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _line.DisposeAsync();
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _folder.Dispose();
    }

    private static Uri Loopback(int port) => new($"http://127.0.0.1:{port}");
}

using Parking.Optics.Programs;
using Parking.Simulation.Service;
using Parking.Simulation.Settings;

namespace Parking.Pages.Tests;

/// <summary>The built service as a process of its own, on the embedded store and the demo city, in Development.</summary>
public sealed class LiveService : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    private ServiceProcess? _process;

    public Uri Origin => _process!.BaseAddress;

    internal ServiceSettings Settings => SettingsFile.Load(Path.Combine(_folder.FullPath, "development.json"));

    public async ValueTask InitializeAsync() => _process = await ServiceProcess.StartAsync(
        new ServiceLaunch(_folder.FullPath, new Dictionary<string, string>()), TimeProvider.System, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _folder.Dispose();
    }
}

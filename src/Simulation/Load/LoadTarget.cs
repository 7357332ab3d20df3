using Parking.Optics.Programs;
using Parking.Simulation.Service;
using Parking.Simulation.Settings;
using Parking.Simulation.Traces;

namespace Parking.Simulation.Load;

/// <summary>
/// The service of a load: its own process on a fresh store, in real time, with higher rate limits for each caller than usual.
/// </summary>
internal sealed class LoadTarget : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private OwnService? _service;

    private LoadTarget()
    {
    }

    public Uri Address { get; private set; } = null!;

    public ServiceSettings Settings { get; private set; } = null!;

    /// <summary>The store and the reason for it, for a person to read.</summary>
    public string Description { get; private set; } = "";

    /// <summary>The processor time that the service has used so far.</summary>
    public TimeSpan ProcessorTime => _service!.ProcessorTime;

    /// <summary>Starts the service and waits until it is ready.</summary>
    /// <exception cref="ServiceStartException">The service did not start.</exception>
    public static async Task<LoadTarget> StartAsync(TraceCity city, StoreKind store, TimeProvider time, CancellationToken cancellationToken)
    {
        var target = new LoadTarget();
        try
        {
            var configuration = new Dictionary<string, string>
            {
                ["City:File"] = city.SaveTo(Path.Combine(target._folder.FullPath, "city")),
                ["RateLimits:MintsPerMinute"] = "6000",
                ["RateLimits:ScansPerSecond"] = "10000",
                ["Logging:LogLevel:Default"] = "Warning",
            };
            var service = target._service = await OwnService.StartAsync(new(store, configuration), _ => { }, time, cancellationToken);
            (target.Address, target.Settings, target.Description) = (service.BaseAddress, service.Settings, service.Store);
            return target;
        }
        catch
        {
            await target.DisposeAsync();
            throw;
        }
    }

    /// <summary>The folder of a gate's disk.</summary>
    public string GateFolder(string gate) => Path.Combine(_folder.FullPath, "gates", gate);

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
        {
            await _service.DisposeAsync();
        }
        _folder.Dispose();
    }
}

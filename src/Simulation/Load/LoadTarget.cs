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
    private readonly TemporaryFolder _redisFolder = new();
    private ServiceProcess? _service;
    private PrivateRedis? _redis;

    private LoadTarget()
    {
    }

    public Uri Address { get; private set; } = null!;

    public ServiceSettings Settings { get; private set; } = null!;

    /// <summary>The store and the reason for it, for a person to read.</summary>
    public string Description { get; private set; } = "";

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
            var choice = StoreChoice.Make(store, await PrivateRedis.FindAsync(cancellationToken));
            target.Description = choice.Reason;
            if (choice.RedisProgram is { } program)
            {
                target._redis = await PrivateRedis.StartAsync(program, target._redisFolder.FullPath, time, cancellationToken);
                configuration["Redis:Configuration"] = target._redis.Configuration;
            }
            var data = Path.Combine(target._folder.FullPath, "data");
            var service = target._service = await ServiceProcess.StartAsync(
                new ServiceLaunch(data, configuration), time, cancellationToken);
            (target.Address, target.Settings) = (service.BaseAddress, SettingsFile.Load(Path.Combine(data, "development.json")));
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
        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }
        _folder.Dispose();
        _redisFolder.Dispose();
    }
}

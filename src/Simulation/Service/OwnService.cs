using NodaTime;
using Parking.Optics.Programs;
using Parking.Simulation.Settings;

namespace Parking.Simulation.Service;

/// <summary>
/// A Development service, or a simulation, on a fresh store. Both are started here and ended with this object, and their folders with them.
/// </summary>
internal sealed class OwnService : IAsyncDisposable
{
    private readonly TemporaryFolder _data = new();
    private readonly TemporaryFolder _redisData = new();
    private PrivateRedis? _redis;
    private ServiceProcess? _service;

    private OwnService()
    {
    }

    public Uri BaseAddress { get; private set; } = null!;

    /// <summary>The file in which it says how to make oneself known to it.</summary>
    public string SettingsFile { get; private set; } = "";

    /// <summary>How to make oneself known to it.</summary>
    public ServiceSettings Settings { get; private set; } = null!;

    /// <summary>Which store it runs on and why, for a person to read.</summary>
    public string Store { get; private set; } = "";

    /// <summary>Starts both and waits until the service can serve requests.</summary>
    /// <param name="launch">What to start.</param>
    /// <param name="report">Told what is being waited for.</param>
    /// <param name="time">Measures the waits.</param>
    /// <param name="cancellationToken">Ends the wait, and what was started.</param>
    /// <exception cref="ServiceStartException">It did not come up.</exception>
    public static async Task<OwnService> StartAsync(
        OwnServiceLaunch launch, Action<string> report, TimeProvider time, CancellationToken cancellationToken)
    {
        var own = new OwnService();
        try
        {
            await own.StartBothAsync(launch, report, time, cancellationToken);
            return own;
        }
        catch
        {
            await own.DisposeAsync();
            throw;
        }
    }

    /// <summary>The processor time that the service has used so far; that of its store is not in it.</summary>
    public TimeSpan ProcessorTime => _service!.ProcessorTime;

    /// <summary>Waits for the service's end, which nobody here has asked for.</summary>
    /// <exception cref="ServiceStartException">It has ended. The message has the last lines it wrote.</exception>
    public Task WatchAsync(CancellationToken cancellationToken) => _service!.WatchAsync(cancellationToken);

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
        _data.Dispose();
        _redisData.Dispose();
    }

    private async Task StartBothAsync(
        OwnServiceLaunch launch, Action<string> report, TimeProvider time, CancellationToken cancellationToken)
    {
        var configuration = new Dictionary<string, string>(launch.Configuration);
        var store = StoreChoice.Make(launch.Store, await PrivateRedis.FindAsync(cancellationToken));
        Store = store.Reason;
        if (store.RedisProgram is { } program)
        {
            report("starting redis-server");
            _redis = await PrivateRedis.StartAsync(program, _redisData.FullPath, time, cancellationToken);
            configuration["Redis:Configuration"] = _redis.Configuration;
        }
        report("starting the service");
        var process = new ServiceLaunch(_data.FullPath, configuration) { Address = launch.Address };
        SettingsFile = Path.Combine(_data.FullPath, "development.json");
        if (launch.StartsAt is { } start)
        {
            configuration["Simulation:StartsAt"] = start.ToString();
            process = process with { Environment = "Simulation" };
            SettingsFile = Path.Combine(_data.FullPath, "simulation.json");
        }
        _service = await ServiceProcess.StartAsync(process, time, cancellationToken);
        BaseAddress = _service.BaseAddress;
        Settings = Simulation.Settings.SettingsFile.Load(SettingsFile);
    }
}

/// <summary>What kind of service is to be started.</summary>
/// <param name="Store">What it runs on.</param>
/// <param name="Configuration">Configuration values by their full name.</param>
internal sealed record OwnServiceLaunch(StoreKind Store, IReadOnlyDictionary<string, string> Configuration)
{
    /// <summary>Where it is to listen. Port 0: the system picks a free one.</summary>
    public Uri Address { get; init; } = ServiceLaunch.AnyPort;

    /// <summary>The initial time of a simulation; null: it is a Development service, in the machine's time.</summary>
    public Instant? StartsAt { get; init; }
}

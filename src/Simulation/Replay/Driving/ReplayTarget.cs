using System.Globalization;
using NodaTime;
using NodaTime.Extensions;
using Parking.Optics.Programs;
using Parking.Simulation.Clients;
using Parking.Simulation.Service;
using Parking.Simulation.Settings;
using Parking.Simulation.Traces;

namespace Parking.Simulation.Replay.Driving;

/// <summary>The service of a replay: its own simulation on a fresh store. Both can be killed and restarted.</summary>
internal sealed class ReplayTarget : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _redisFolder = new();
    private SimulatedService? _service;
    private PrivateRedis? _redis;
    private HttpClient? _http;
    private long? _written;
    private int _archiveOutages;

    private ReplayTarget()
    {
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>The credentials for the service.</summary>
    public ServiceSettings Settings { get; private set; } = null!;

    /// <summary>The simulation's clock.</summary>
    public SimulationClock Clock { get; private set; } = null!;

    /// <summary>Whether the service can be reached.</summary>
    public bool IsUp { get; private set; }

    /// <summary>Whether the store can be made to lose its last writes.</summary>
    public bool CanLoseTail => _redis is not null;

    /// <summary>Whether the replay started the service itself.</summary>
    public bool CanBeKilled => _service is not null;

    /// <summary>The store and the reason for it, for a person to read.</summary>
    public string Description { get; private set; } = "";

    /// <param name="city">The trace's city.</param>
    /// <param name="startsAt">The initial time of the simulation.</param>
    /// <param name="store">The kind of store.</param>
    /// <param name="rhythm">How often gates send heartbeats.</param>
    /// <param name="time">Measures waits in real time.</param>
    /// <param name="cancellationToken">Cancels the wait and stops the started processes.</param>
    /// <exception cref="ServiceStartException">The service did not start.</exception>
    public static async Task<ReplayTarget> StartAsync(
        TraceCity city, Instant startsAt, StoreKind store, ReplayRhythm rhythm, TimeProvider time, CancellationToken cancellationToken)
    {
        var target = new ReplayTarget();
        try
        {
            var configuration = new Dictionary<string, string>
            {
                ["City:File"] = city.SaveTo(Path.Combine(target._folder.FullPath, "city")),
                ["Gates:HeartbeatEvery"] = rhythm.HeartbeatEvery.ToTimeSpan().ToString("c", CultureInfo.InvariantCulture),
                ["Logging:LogLevel:Default"] = "Warning",
            };
            var choice = StoreChoice.Make(store, await PrivateRedis.FindAsync(cancellationToken));
            target.Description = choice.Reason;
            if (choice.RedisProgram is { } program)
            {
                target._redis = await PrivateRedis.StartAsync(program, target._redisFolder.FullPath, time, cancellationToken);
                configuration["Redis:Configuration"] = target._redis.Configuration;
            }
            target.PutArchiveElsewhere();
            var service = target._service = await SimulatedService.StartAsync(
                target.DataFolder, startsAt, configuration, time, cancellationToken);
            (target.Address, target.Settings, target.Clock, target.IsUp) = (service.BaseAddress, service.Settings, service.Clock, true);
            return target;
        }
        catch
        {
            await target.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Uses a simulation that is already running. Nobody else should use it, and its time must not be after the trace's start.
    /// </summary>
    /// <param name="api">The simulation's address.</param>
    /// <param name="settings">Its credentials.</param>
    /// <param name="startsAt">The beginning of the trace.</param>
    /// <param name="time">Measures waits in real time.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="ServiceRefusedException">It does not answer, or it is not a simulation.</exception>
    /// <exception cref="SettingsException">Its time is too late. Nothing in it was changed.</exception>
    public static async Task<ReplayTarget> ConnectAsync(
        Uri api, ServiceSettings settings, Instant startsAt, TimeProvider time, CancellationToken cancellationToken)
    {
        var http = ServiceClient.Create(api);
        var target =
            new ReplayTarget { Address = api, Settings = settings, IsUp = true, Description = $"the simulation at {api}", _http = http };
        try
        {
            var people = new Identities(settings, "replay", time.ToClock());
            target.Clock = new(new PatientSender(http, time), people.OperatorToken);
            return await target.Clock.ReadAsync(cancellationToken) is var now && now <= startsAt
                ? target
                : throw new SettingsException($"It is {now} in the simulation at {api}, and the trace begins at {startsAt}. A "
                    + $"simulation's time never goes back: start one on an empty folder, with --Simulation:StartsAt={startsAt}");
        }
        catch
        {
            await target.DisposeAsync();
            throw;
        }
    }

    /// <summary>Whether the archive's database can be taken away.</summary>
    public bool CanLoseArchive => CanBeKilled && !OperatingSystem.IsWindows();

    private string ArchiveFolder => Path.Combine(_folder.FullPath, "archive");

    private string DataFolder => Path.Combine(_folder.FullPath, "data");

    /// <summary>The folder of a gate's disk.</summary>
    public string GateFolder(string gate) => Path.Combine(_folder.FullPath, "gates", gate);

    /// <summary>Kills the process that stores the stays (SIGKILL): the redis-server, or the service with its embedded store.</summary>
    public Task KillStoreAsync() => _redis is { } redis ? redis.KillAsync().AsTask() : KillServiceAsync();

    /// <summary>Notes the length of the store's file.</summary>
    public void NoteWritten() => _written = _redis?.Written.Length;

    /// <summary>Truncates the file of the stopped store to the noted length.</summary>
    public void CutBackToNoted()
    {
        if (_redis is { } redis && _written is { } length)
        {
            redis.Written.CutBackTo(length);
        }
    }

    /// <summary>
    /// Removes everything from the store while the service uses it. The service notices at once that its Redis was emptied, because it
    /// settles. It cannot go on without its embedded file, and is killed.
    /// </summary>
    public async Task EmptyStoreAsync(CancellationToken cancellationToken)
    {
        if (_redis is { } redis)
        {
            await redis.EmptyAsync(cancellationToken);
            await Clock.SettleAsync(cancellationToken);
            return;
        }
        foreach (var file in Directory.GetFiles(DataFolder, "parking.db*"))
        {
            File.Delete(file);
        }
        await KillServiceAsync();
    }

    /// <summary>Takes the archive's database away under the service, as a disk that fails does.</summary>
    public void LoseArchive()
    {
        if (_archiveOutages++ == 0)
        {
            Directory.Move(ArchiveFolder, $"{ArchiveFolder}-away");
        }
    }

    /// <summary>Brings it back, once for each time that it was lost.</summary>
    public void FindArchive()
    {
        if (--_archiveOutages == 0)
        {
            Directory.Move($"{ArchiveFolder}-away", ArchiveFolder);
        }
    }

    public Task RestartStoreAsync(CancellationToken cancellationToken) =>
        _redis is { } redis ? redis.RestartAsync(cancellationToken) : RestartServiceAsync(cancellationToken);

    /// <summary>Kills the service (SIGKILL).</summary>
    public async Task KillServiceAsync()
    {
        IsUp = false;
        await Own.KillAsync();
    }

    public async Task RestartServiceAsync(CancellationToken cancellationToken)
    {
        await Own.RestartAsync(cancellationToken);
        IsUp = true;
    }

    /// <summary>The archive's file is in a folder of its own, so that it goes and comes in one step with the files beside it.</summary>
    private void PutArchiveElsewhere()
    {
        if (!OperatingSystem.IsWindows())
        {
            const string file = "backoffice.db";
            Directory.CreateDirectory(ArchiveFolder);
            Directory.CreateDirectory(DataFolder);
            File.CreateSymbolicLink(Path.Combine(DataFolder, file), Path.Combine(ArchiveFolder, file));
        }
    }

    private SimulatedService Own => _service ?? throw new InvalidOperationException("A service that was already running is not killed.");

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
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

using NodaTime;
using NodaTime.Extensions;
using Parking.Simulation.Clients;
using Parking.Simulation.Settings;

namespace Parking.Simulation.Service;

/// <summary>
/// The parking service as a simulation whose clock is moved from here. It can be killed and restarted with the same data and time.
/// </summary>
internal sealed class SimulatedService : IAsyncDisposable
{
    private readonly ServiceLaunch _launch;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private ServiceProcess _process;

    private SimulatedService(ServiceLaunch launch, ServiceProcess process, ServiceSettings settings, TimeProvider time)
    {
        (_launch, _process, _time, Settings) = (launch, process, time, settings);
        _http = ServiceClient.Create(process.BaseAddress);

        // Tokens are verified with the machine's time, not with the simulation's time.
        var people = new Identities(settings, "simulation", time.ToClock());
        Clock = new(new PatientSender(_http, time), people.OperatorToken);
    }

    public Uri BaseAddress => _launch.Address;

    /// <summary>The credentials for the service.</summary>
    public ServiceSettings Settings { get; }

    /// <summary>The simulation's clock.</summary>
    public SimulationClock Clock { get; }

    /// <summary>Starts the service and waits until it can serve requests.</summary>
    /// <param name="dataFolder">An empty folder, or that of an earlier simulation, whose time continues.</param>
    /// <param name="startsAt">The initial time. A folder with a later time continues from that time.</param>
    /// <param name="configuration">More configuration values by full name, such as <c>Redis:Configuration</c>. Without that one the
    /// embedded store is used.</param>
    /// <param name="time">Measures waits.</param>
    /// <param name="cancellationToken">Cancels the wait and kills the process.</param>
    /// <exception cref="ServiceStartException">The service did not start.</exception>
    public static async Task<SimulatedService> StartAsync(
        string dataFolder, Instant startsAt, IReadOnlyDictionary<string, string> configuration, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var launch = new ServiceLaunch(dataFolder, new Dictionary<string, string>(configuration)
        {
            ["Simulation:StartsAt"] = startsAt.ToString(),
        })
        {
            Environment = "Simulation",
            Address = new($"http://127.0.0.1:{LoopbackPort.FindFree()}"),
        };
        var process = await ServiceProcess.StartAsync(launch, time, cancellationToken);
        try
        {
            return new(launch, process, SettingsFile.Load(Path.Combine(dataFolder, "simulation.json")), time);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Kills the service (SIGKILL) without a clean shutdown.</summary>
    public ValueTask KillAsync() => _process.DisposeAsync();

    /// <summary>
    /// After a kill: restarts the service with the same folder, port and time. Its store may still be down, so this waits for liveness
    /// only.
    /// </summary>
    /// <exception cref="ServiceStartException">The service did not start.</exception>
    public async Task RestartAsync(CancellationToken cancellationToken) =>
        _process = await ServiceProcess.StartAsync(_launch with { HealthPath = "/health/live" }, _time, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _process.DisposeAsync();
    }
}

using NodaTime;
using NodaTime.Extensions;
using Parking.Simulation.Clients;
using Parking.Simulation.Settings;

namespace Parking.Simulation.Service;

/// <summary>
/// The parking service as a simulation, whose time is moved from here. It can be killed and started again where and when it was.
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

        // Tokens are checked by the machine's time, in whatever time the service lives.
        var people = new Identities(settings, "simulation", time.ToClock());
        Clock = new(new PatientSender(_http, time), people.OperatorToken);
    }

    public Uri BaseAddress => _launch.Address;

    /// <summary>How to make oneself known to it.</summary>
    public ServiceSettings Settings { get; }

    /// <summary>Its time.</summary>
    public SimulationClock Clock { get; }

    /// <summary>Starts it and waits until it can serve requests.</summary>
    /// <param name="dataFolder">An empty folder, or that of a simulation, whose time goes on.</param>
    /// <param name="startsAt">Its first time; a folder that was later already goes on from there.</param>
    /// <param name="configuration">Further configuration values by their full name, such as <c>Redis:Configuration</c>; without that one it
    /// has the embedded store.</param>
    /// <param name="time">Measures waits.</param>
    /// <param name="cancellationToken">Ends the wait, and the process.</param>
    /// <exception cref="ServiceStartException">It did not come up.</exception>
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

    /// <summary>Ends it at once, without a chance to tidy up (SIGKILL).</summary>
    public ValueTask KillAsync() => _process.DisposeAsync();

    /// <summary>
    /// After a kill: starts it on the same folder and port, with the time that it was. Its store may still be down: it waits for its life
    /// only.
    /// </summary>
    /// <exception cref="ServiceStartException">It did not come up.</exception>
    public async Task RestartAsync(CancellationToken cancellationToken) =>
        _process = await ServiceProcess.StartAsync(_launch with { HealthPath = "/health/live" }, _time, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _process.DisposeAsync();
    }
}

using NodaTime.Extensions;
using Parking.GateProgram;
using Parking.Optics;
using Parking.Optics.Programs;
using Parking.Simulation.Cities;
using Parking.Simulation.Clients;
using Parking.Simulation.LiveCity.Past;
using Parking.Simulation.Phones;
using Parking.Simulation.Replay.Driving;
using Parking.Simulation.Service;
using Parking.Simulation.Settings;

namespace Parking.Simulation.LiveCity;

/// <summary>
/// A service of its own with pages for a browser, and the demo city's gates at work before it, in real time: drivers come and go, and a
/// driver at a browser can be at any gate, too.
/// </summary>
public sealed class LivingCity : IAsyncDisposable
{
    /// <summary>Longer than a gate at work would wait: on a busy machine, too, a gate decides alone only if its cable is cut.</summary>
    private static readonly TimeSpan AnswerBudget = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    /// <summary>Ctrl+C in a terminal reaches the service, too: that it ends first is no failure.</summary>
    private static readonly TimeSpan EndingTogether = TimeSpan.FromSeconds(1);

    private readonly LiveCityOptions _options;
    private readonly TimeProvider _time;
    private readonly TemporaryFolder _journals = new();
    private readonly VerifierCache _verifiers = new();
    private readonly RunningTasks _tasks = new();
    private readonly Dictionary<string, LiveLane> _lanes = [];
    private GateListener? _listener;
    private OwnService? _service;
    private HttpClient? _http;
    private Identities? _identities;
    private Traffic? _traffic;

    private LivingCity(LiveCityOptions options, CityPlan city, TimeProvider time)
    {
        (_options, City, _time) = (options, city, time);
        Pulse = new CityPulse(City, time);
    }

    /// <summary>The address of the pages, without a path.</summary>
    public Uri Origin { get; private set; } = null!;

    /// <summary>What it runs on and why, for a person to read.</summary>
    public string Store => _service!.Store;

    public CityPlan City { get; }

    /// <summary>What goes on.</summary>
    public CityPulse Pulse { get; }

    internal GateListener Listener => _listener!;

    /// <summary>Each gate's lane, by the gate's name.</summary>
    internal IReadOnlyDictionary<string, LiveLane> Lanes => _lanes;

    internal Identities Identities => _identities!;

    /// <summary>Reaches the service.</summary>
    internal HttpClient Http => _http!;

    internal Traffic Traffic => _traffic!;

    /// <summary>Starts the service, opens the gates, and registers the vehicles of the people to sign in as.</summary>
    /// <param name="options">Which city.</param>
    /// <param name="report">Told what is being waited for.</param>
    /// <param name="time">The clock of everything here.</param>
    /// <param name="cancellationToken">Ends the start, and what was started.</param>
    /// <exception cref="ServiceStartException">The service did not come up.</exception>
    /// <exception cref="ServiceRefusedException">It did not do what it must.</exception>
    public static async Task<LivingCity> StartAsync(
        LiveCityOptions options, Action<string> report, TimeProvider time, CancellationToken cancellationToken)
    {
        var city = new LivingCity(options, DemoCity.Load(), time);
        try
        {
            await city.StartServiceAsync(report, cancellationToken);
            if (options.HasPast)
            {
                await city.LiveThroughPastAsync(report, cancellationToken);
            }
            report("opening the gates");
            await city.OpenGatesAsync(cancellationToken);
            foreach (var person in DemoPerson.Drivers)
            {
                var phone = new CitizenPhone(city.Http, person.Citizen, city.Identities.TokenOf(person.Citizen), time);
                await phone.RegisterAsync(person.Vehicles, cancellationToken);
            }
            return city;
        }
        catch
        {
            await city.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Lives until it is cancelled, and then ends well: what has come to a gate is decided, nothing new comes, and no gate is cut off any
    /// more.
    /// </summary>
    /// <exception cref="ServiceStartException">The service ended by itself.</exception>
    /// <exception cref="IOException">A gate's disk failed.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var camera = new LaneCamera(_options.Seed, Distortion.GateMix, _time);
        _tasks.Start(() => Listener.RunAsync(new BrowserDrivers(_lanes, camera, Pulse), _tasks, ending.Token));
        _tasks.Start(() => WatchFacilitiesAsync(ending.Token));
        if (_options.HasTraffic)
        {
            _tasks.Start(() => Traffic.RunAsync(ending.Token));
            _tasks.Start(() => new Outages(City, _lanes, Pulse, _options.Seed, _time).RunAsync(ending.Token));
            _tasks.Start(() => new Mishaps(City, _lanes, Pulse, _options.Seed, _time).RunAsync(ending.Token));
        }
        try
        {
            await WaitForEndAsync(cancellationToken);
        }
        finally
        {
            await ending.CancelAsync();
            await _tasks.WaitAsync();
            Mend();
        }
    }

    /// <summary>Whatever gate is still cut off then: what it did is not lost, and it can report it.</summary>
    private void Mend()
    {
        foreach (var lane in _lanes.Values)
        {
            lane.IsCut = false;
        }
        Pulse.CutOff = null;
    }

    /// <summary>Lets every gate report what it has not yet.</summary>
    /// <returns>The gates that could not, and why.</returns>
    internal async Task<IReadOnlyList<string>> ReportAllAsync(CancellationToken cancellationToken)
    {
        var reports = await Task.WhenAll(_lanes.Values.Select(lane => lane.ReportAsync(cancellationToken)));
        return [.. reports.OfType<string>()];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var lane in _lanes.Values)
        {
            await lane.DisposeAsync();
        }
        _listener?.Dispose();
        _http?.Dispose();
        if (_service is not null)
        {
            await _service.DisposeAsync();
        }
        _journals.Dispose();
    }

    private async Task StartServiceAsync(Action<string> report, CancellationToken cancellationToken)
    {
        _listener = GateListener.Open();
        var origin = new Uri($"http://127.0.0.1:{LoopbackPort.FindFreeFrom(_options.Port)}");
        var configuration = new Dictionary<string, string>
        {
            ["Pages:Origin"] = origin.GetLeftPart(UriPartial.Authority),
            ["Demo:Gates"] = _listener.Address.AbsoluteUri,
            ["Demo:Key"] = _listener.Key,

            // Nobody reads what it does with each code; its last words are kept for the case that it ends.
            ["Logging:LogLevel:Default"] = "Warning",
        };
        var launch = new OwnServiceLaunch(_options.Store, configuration)
        {
            Address = origin,
            StartsAt = _options.HasPast ? PastHour.StartBefore(_time.GetUtcNow().ToInstant(), City.TimeZone) : null,
        };
        _service = await OwnService.StartAsync(launch, report, _time, cancellationToken);
        Origin = _service.BaseAddress;
        _http = ServiceClient.Create(Origin);
        _identities = new Identities(_service.Settings, "traffic", _time.ToClock());
        var phones = new DriverPhones(_http, _identities, _options.Seed, _time);
        _traffic = new Traffic(City, _lanes, phones, Pulse, _tasks, _options.Seed, _time);
    }

    /// <summary>Lives through the past hour on the gates' own disks, where they go on from then.</summary>
    private async Task LiveThroughPastAsync(Action<string> report, CancellationToken cancellationToken)
    {
        var clock = new SimulationClock(new PatientSender(Http, _time), Identities.OperatorToken);
        var now = new VirtualTime(await clock.ReadAsync(cancellationToken));
        using var line = new StampedLine(now) { InnerHandler = ServiceClient.CreateHandler(Origin) };
        using var http = new HttpClient(line, disposeHandler: false) { BaseAddress = Origin };
        var lanes = new Dictionary<string, PastLane>();
        try
        {
            foreach (var (facility, gate) in Gates)
            {
                lanes[gate.Id] = await PastLane.OpenAsync(
                    facility, gate, SettingsOf(gate), FolderOf(gate), line, Origin, now);
            }
            var people = new PastPeople(http, Identities, now, _time);
            var past = new PastHour(City, lanes, people, Traffic.Attendance, clock, now, report, _time);
            var visits = PastVisits.Create(City, _options.Seed, past.Length.ToTimeSpan());
            Traffic.GoOnFrom(await past.LiveAsync(visits, cancellationToken), visits.Count);
        }
        finally
        {
            foreach (var lane in lanes.Values)
            {
                lane.Dispose();
            }
        }
    }

    private async Task OpenGatesAsync(CancellationToken cancellationToken)
    {
        foreach (var (facility, gate) in Gates)
        {
            _lanes[gate.Id] = await LiveLane.OpenAsync(
                facility, gate, SettingsOf(gate), FolderOf(gate), Origin, _time, cancellationToken);
        }
    }

    private IEnumerable<(FacilityPlan Facility, GatePlan Gate)> Gates =>
        City.Facilities.SelectMany(facility => facility.Gates.Select(gate => (facility, gate)));

    private GateMachineSettings SettingsOf(GatePlan gate) => new()
    {
        Gate = gate.Id,
        Key = _service!.Settings.GateKeys[gate.Id],
        Direction = gate.Direction,
        Jitter = new SeededRandom(_options.Seed, $"waits {gate.Id}", 0).NextUnit,
        Verifiers = _verifiers,
        AnswerBudget = AnswerBudget,
    };

    /// <summary>The gate's disk.</summary>
    private string FolderOf(GatePlan gate) => Path.Combine(_journals.FullPath, gate.Id);

    private async Task WaitForEndAsync(CancellationToken cancellationToken)
    {
        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var stopping = cancellationToken.Register(stop.SetResult);
        using var watching = new CancellationTokenSource();
        var death = _service!.WatchAsync(watching.Token);
        var ended = await Task.WhenAny([stop.Task, death, _tasks.Failure, .. _lanes.Values.Select(lane => lane.Failure)]);
        if (ended == death)
        {
            await Task.WhenAny(stop.Task, Task.Delay(EndingTogether, _time, CancellationToken.None));
        }
        await watching.CancelAsync();
        if (!cancellationToken.IsCancellationRequested)
        {
            await ended;
        }
    }

    private async Task WatchFacilitiesAsync(CancellationToken cancellationToken)
    {
        var board = new PublicBoard(Http, _time);
        while (true)
        {
            try
            {
                var facilities = await board.GetFacilitiesAsync(cancellationToken);
                Pulse.TakeOccupancy(facilities.Where(view => view.Occupancy is not null)
                    .ToDictionary(view => view.Id, view => view.Occupancy!.Occupied));
            }
            catch (ServiceRefusedException error)
            {
                Pulse.Trouble = error.Message;
            }
            await Task.Delay(LookEvery, _time, cancellationToken);
        }
    }
}

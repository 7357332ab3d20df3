using NodaTime;
using Parking.GateProgram;
using Parking.GateProgram.Journal;
using Parking.Optics;
using Parking.Simulation.Cities;
using Parking.Simulation.Replay.Faults;

namespace Parking.Simulation.Replay.Driving;

/// <summary>One gate of the replayed city: a real gate program with its own clocks, line and disk. All of them can fail.</summary>
internal sealed class ReplayLane : IDisposable
{
    /// <summary>Codes expire after a minute, and the disk is deleted at the end. So their codes need not be removed soon.</summary>
    private static readonly TimeSpan CompactEvery = TimeSpan.FromDays(1);

    /// <summary>In virtual time nobody waits. A busy machine is no reason to decide without the service.</summary>
    private static readonly TimeSpan AnswerBudget = TimeSpan.FromSeconds(30);

    private GateMachineSettings _settings;
    private readonly DiskFolder _disk;
    private readonly HttpClient _http;
    private readonly ReplayRecorder _recorder;

    private ReplayLane(
        FacilityPlan facility, GatePlan gate, GateMachineSettings settings, DiskFolder disk, HttpClient http, FaultyLine line,
        GateTime time, ReplayRecorder recorder)
    {
        (Facility, Gate, _settings, _disk, _http, Line, Time, _recorder) = (facility, gate, settings, disk, http, line, time, recorder);
    }

    public FacilityPlan Facility { get; }

    public GatePlan Gate { get; }

    public GateMachine Machine { get; private set; } = null!;

    /// <summary>The refused vehicle that is still at the gate; null if there is none.</summary>
    public Showing? Standing { get; set; }

    public FaultyLine Line { get; }

    public GateTime Time { get; }

    /// <summary>When the gate's own work is due, in true time.</summary>
    public Instant NextWorkAt => Instant.FromDateTimeOffset(Machine.NextWorkAt) - Time.Skew;

    /// <summary>Whether the gate's clock began again in 1970, and nobody has set it since.</summary>
    public bool HasDeadClock { get; private set; }

    /// <summary>Whether the service has acknowledged all events of this gate.</summary>
    public bool IsDrained => Machine.AcknowledgedThrough == Machine.LastSeq;

    /// <param name="facility">The gate's facility.</param>
    /// <param name="gate">The gate.</param>
    /// <param name="key">The gate's key.</param>
    /// <param name="folder">The gate's disk. It survives a kill of the program but not a power cut, because one real disk serves all gates
    /// of the replay.</param>
    /// <param name="service">Calls the service; shared by all gates.</param>
    /// <param name="address">The service's address.</param>
    /// <param name="profile">The faults on the gate's line.</param>
    /// <param name="rhythm">How often the gate does work that nobody waits for.</param>
    /// <param name="seed">Determines when faults occur.</param>
    /// <param name="verifiers">The cache of key sets, shared by all gates.</param>
    /// <param name="world">True time.</param>
    /// <param name="recorder">Called with each fault.</param>
    public static async Task<ReplayLane> OpenAsync(
        FacilityPlan facility, GatePlan gate, string key, string folder, HttpMessageHandler service, Uri address, FaultProfile profile,
        ReplayRhythm rhythm, long seed, VerifierCache verifiers, VirtualTime world, ReplayRecorder recorder)
    {
        var jitter = new SeededRandom(seed, $"jitter {gate.Id}", 0);
        var journals = new SeededRandom(seed, $"journal {gate.Id}", 0);
        var faults = new SeededRandom(seed, $"line {gate.Id}", 0);
        var line = new FaultyLine(profile, faults, world, kind => recorder.Add(kind, gate.Id)) { InnerHandler = service };
        var settings = new GateMachineSettings
        {
            Gate = gate.Id,
            Key = key,
            Direction = gate.Direction,
            Jitter = jitter.NextUnit,
            CreateJournalId = () => journals.NextBits().ToString("x16", System.Globalization.CultureInfo.InvariantCulture),
            Rejected = rejected => recorder.Add(gate.Id, rejected),
            Verifiers = verifiers,
            UploadDelay = rhythm.UploadDelay.ToTimeSpan(),
            CompactEvery = CompactEvery,
            AnswerBudget = AnswerBudget,
        };
        var disk = new DiskFolder(folder, survivesPowerCuts: false);
        var http = new HttpClient(line, disposeHandler: false) { BaseAddress = address };
        var lane = new ReplayLane(facility, gate, settings, disk, http, line, new GateTime(world), recorder);
        lane.Machine = await GateMachine.OpenAsync(settings, lane._disk, lane._http, lane.Time);
        return lane;
    }

    /// <summary>Restarts the killed program on the same disk. It does not know which driver is at the gate.</summary>
    public async Task RestartAsync()
    {
        LetGo(VehicleOutcome.DidNotPass);
        Machine.Dispose();
        Machine = await GateMachine.OpenAsync(_settings, _disk, _http, Time);
    }

    /// <summary>The power fails: the program starts again, and so do both clocks, the device's in 1970.</summary>
    public async Task LosePowerAsync()
    {
        _settings = _settings with { Boot = GateBoots.CreateRandom() };
        Time.Skew = NodaConstants.UnixEpoch - Time.True;
        HasDeadClock = true;
        Line.IsCut = true;
        Line.IsCalmUntilSent = true;
        await RestartAsync();
    }

    /// <summary>A person sees that the gate's clock is wrong, and opens for a driver whose code it refused.</summary>
    public async Task<VehicleOutcome> LetThroughAsync()
    {
        await Machine.OpenByHandAsync("the gate's clock is wrong");
        await Machine.MoveAsync(VehicleMove.Passed);
        return VehicleOutcome.Passed;
    }

    /// <summary>
    /// The line is mended and the clock is set. What the gate wrote before has the times of 1970, and is dated when it arrives: until then,
    /// no request is late.
    /// </summary>
    public void FindTime()
    {
        Time.Skew = Duration.Zero;
        HasDeadClock = false;
        Line.IsCut = false;
    }

    /// <summary>Does the work that is due. If the gate is killed during it, it starts again.</summary>
    public async Task WorkAsync(CancellationToken cancellationToken)
    {
        try
        {
            Line.IsCalmUntilSent &= HasDeadClock || !IsDrained;
            await Line.DeliverAsync(cancellationToken);
            if (NextWorkAt <= Time.True)
            {
                await Machine.WorkAsync(cancellationToken);
            }
        }
        catch (GateKilledException)
        {
            await RestartAsync();
        }
    }

    /// <summary>
    /// Sends the unacknowledged events now. The vehicle did not do what was decided, and the driver may be at another gate soon.
    /// </summary>
    public async Task SendAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Machine.DrainAsync(cancellationToken);
        }
        catch (GateKilledException)
        {
            await RestartAsync();
        }
    }

    /// <summary>The refused vehicle turns away or passes.</summary>
    public void LetGo(VehicleOutcome outcome)
    {
        if (Standing is { } standing)
        {
            _recorder.Add(standing with { Outcome = outcome });
            Standing = null;
        }
    }

    public void Dispose()
    {
        Machine.Dispose();
        _http.Dispose();
        Line.Dispose();
    }
}

using NodaTime;
using Parking.GateProgram;
using Parking.GateProgram.Journal;
using Parking.Optics;
using Parking.Simulation.Cities;
using Parking.Simulation.Replay.Faults;

namespace Parking.Simulation.Replay.Driving;

/// <summary>One gate of the replayed city: a real gate program with clocks, a line and a disk of its own, all of which can fail.</summary>
internal sealed class ReplayLane : IDisposable
{
    /// <summary>Codes are dead after a minute; a disk that is thrown away in the end need not be rid of them so soon.</summary>
    private static readonly TimeSpan CompactEvery = TimeSpan.FromDays(1);

    /// <summary>In virtual time nobody waits: that the machine is busy is no reason to decide alone.</summary>
    private static readonly TimeSpan AnswerBudget = TimeSpan.FromSeconds(30);

    private readonly GateMachineSettings _settings;
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

    /// <summary>The vehicle that was refused and still stands there; null if none does.</summary>
    public Showing? Standing { get; set; }

    public FaultyLine Line { get; }

    public GateTime Time { get; }

    /// <summary>When the gate has work of its own to do, in true time.</summary>
    public Instant NextWorkAt => Instant.FromDateTimeOffset(Machine.NextWorkAt) - Time.Skew;

    /// <summary>Whether everything that happened here is known to the service.</summary>
    public bool IsDrained => Machine.AcknowledgedThrough == Machine.LastSeq;

    /// <param name="facility">Where it is.</param>
    /// <param name="gate">Which gate.</param>
    /// <param name="key">Its key.</param>
    /// <param name="folder">Its disk. It outlives the program, not a power cut: the replay's machine has one disk for all gates.</param>
    /// <param name="service">Reaches the service; shared by all gates.</param>
    /// <param name="address">The service.</param>
    /// <param name="profile">What goes wrong on its line.</param>
    /// <param name="rhythm">How often it does what nobody waits for.</param>
    /// <param name="seed">Settles when.</param>
    /// <param name="verifiers">Key sets that were read, shared by all gates.</param>
    /// <param name="world">True time.</param>
    /// <param name="recorder">Told of each fault.</param>
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

    /// <summary>The program is gone; another one starts on the same disk, and knows nothing of who stands there.</summary>
    public async Task RestartAsync()
    {
        LetGo(VehicleOutcome.DidNotPass);
        Machine.Dispose();
        Machine = await GateMachine.OpenAsync(_settings, _disk, _http, Time);
    }

    /// <summary>Does what is due. A gate that is killed by it starts again.</summary>
    public async Task WorkAsync(CancellationToken cancellationToken)
    {
        try
        {
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

    /// <summary>Sends what it has now: the vehicle did not do as was decided, and the driver may be at another gate in a moment.</summary>
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

    /// <summary>The vehicle that was refused goes away, or through.</summary>
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

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
    private readonly ReplayDisk _disk;
    private readonly HttpClient _http;
    private readonly SeededRandom _damages;
    private readonly ReplayRecorder _recorder;
    private int _disks;
    private long _sent;

    private ReplayLane(
        FacilityPlan facility, GatePlan gate, GateMachineSettings settings, ReplayDisk disk, HttpClient http, FaultyLine line,
        GateTime time, SeededRandom damages, ReplayRecorder recorder)
    {
        (Facility, Gate, _settings, _disk, _http, Line) = (facility, gate, settings, disk, http, line);
        (Time, _damages, _recorder) = (time, damages, recorder);
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
    public bool IsDrained => Machine.AcknowledgedThrough == Machine.LastSeq && !Machine.HasLeftovers;

    /// <summary>Whether its disk was damaged, and what is left is not reported yet.</summary>
    public bool IsRecovering { get; private set; }

    /// <summary>The journal in which it writes now.</summary>
    public JournalName Journal => new(Gate.Id, Machine.Journal, _disks);

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
        var disk = new ReplayDisk(new DiskFolder(folder, survivesPowerCuts: false));
        var http = new HttpClient(line, disposeHandler: false) { BaseAddress = address };
        var damages = new SeededRandom(seed, $"disk {gate.Id}", 0);
        var lane = new ReplayLane(facility, gate, settings, disk, http, line, new GateTime(world), damages, recorder);
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

    /// <summary>
    /// Cuts the line before the disk is damaged. What is written from now on is nowhere else, so it is known what will be lost.
    /// </summary>
    public void CutBeforeDamage()
    {
        Line.IsCut = true;
        _sent = Machine.LastSeq;
    }

    /// <summary>The program stops, the disk is damaged, and the program starts again with what is left.</summary>
    /// <returns>What happened, for people.</returns>
    public async Task<string> DamageDiskAsync(DiskDamage way)
    {
        LetGo(VehicleOutcome.DidNotPass);
        var (journal, acknowledged) = (Journal, Machine.AcknowledgedThrough);
        Machine.Dispose();
        var (done, lost) = _disk.Damage(way, acknowledged, _sent, _damages);
        _recorder.Add(new DiskLoss(Time.True, journal, lost));
        _disks++;
        IsRecovering = true;
        Machine = await GateMachine.OpenAsync(_settings, _disk, _http, Time);
        if (Machine.IsOpen)
        {
            // That a vehicle left is lost, and the program waits for it. But nobody is at the gate.
            await Machine.MoveAsync(VehicleMove.Passed);
        }
        return $"{WireName.Of(done)}: {lost.Count} unsent events lost";
    }

    /// <summary>A person opens for a driver who was refused without a fault of their own.</summary>
    public async Task<(VehicleOutcome Outcome, long ByHand, long Move)> LetThroughAsync(string reason)
    {
        await Machine.OpenByHandAsync(reason);
        var byHand = Machine.LastSeq;
        await Machine.MoveAsync(VehicleMove.Passed);
        return (VehicleOutcome.Passed, byHand, Machine.LastSeq);
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
            IsRecovering &= !IsDrained;
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

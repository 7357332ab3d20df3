using NodaTime;
using NodaTime.Extensions;
using Parking.GateProgram;
using Parking.Simulation.Clients;
using Parking.Simulation.Replay.Books;
using Parking.Simulation.Replay.Driving;
using Parking.Simulation.Replay.Faults;
using Parking.Simulation.Replay.Oracle;
using Parking.Simulation.Replay.Report;
using Parking.Simulation.Replay.Verdict;
using Parking.Simulation.Service;
using Parking.Simulation.Settings;
using Parking.Simulation.Traces;

namespace Parking.Simulation.Replay;

/// <summary>Runs a replay, from reading the trace to the verdict.</summary>
/// <param name="options">The options.</param>
/// <param name="view">Shows the replay.</param>
/// <param name="time">Real time.</param>
public sealed class Replayer(ReplayOptions options, IReplayView view, TimeProvider time)
{
    /// <summary>
    /// How long before the trace the simulation's time begins. Codes that must be expired when shown are fetched in this period.
    /// </summary>
    private static readonly Duration LeadIn = Duration.FromMinutes(5);

    private static readonly string Version = typeof(Replayer).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <exception cref="TraceException">The file is not a trace.</exception>
    public async Task<ReplayVerdict> RunAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        RequireReport();
        var times = await ReadTimesAsync(cancellationToken);
        await using var trace = await TraceReader.OpenAsync(options.TracePath, cancellationToken);
        var header = trace.Header;
        var starts = header.Starts - LeadIn;
        var rhythm = ReplayRhythm.For(options.Profile);
        await using var target = await view.WaitForAsync("starting the service", () => options.Api is { } api
            ? ReplayTarget.ConnectAsync(api, SettingsFile.Load(options.SettingsPath!), header.Starts, time, cancellationToken)
            : ReplayTarget.StartAsync(header.City, starts, options.Store, rhythm, time, cancellationToken));
        view.Say($"{Path.GetFileName(options.TracePath)}: {header.Source}. Service: {target.Description}.");

        var clock = new VirtualTime(starts);
        var gates = header.City.Plan.Facilities.SelectMany(facility => facility.Gates.Select(gate => (Facility: facility, Gate: gate)))
            .ToList();
        var facilityOf = gates.ToDictionary(gate => gate.Gate.Id, gate => gate.Facility.Id);
        var recorder = new ReplayRecorder(clock, gate => facilityOf[gate]);
        var people = new ReplayPeople(
            target.Settings.Jwt ?? throw new SettingsException("the settings of a simulation have a signing key for people's tokens"),
            time.ToClock());
        using var line = new StampedLine(clock) { InnerHandler = ServiceClient.CreateHandler(target.Address) };
        using var http = new HttpClient(line, disposeHandler: false) { BaseAddress = target.Address };
        using var optics = options.UsesOptics ? new ReplayOptics(options.FaultSeed, time) : null;
        var lanes = new Dictionary<string, ReplayLane>();
        var phones = new ReplayPhones(http, people, clock, time, options.Profile, options.FaultSeed, recorder);
        using var world = new ReplayWorld(
            clock, lanes, new ReplayCodes(http, people, phones, clock, time), people, http, optics, recorder, time);
        var verifiers = new VerifierCache();
        foreach (var (facility, gate) in gates)
        {
            var key = target.Settings.GateKeys.GetValueOrDefault(gate.Id)
                ?? throw new SettingsException($"the settings have no key for gate {gate.Id}: the service uses another city");
            lanes[gate.Id] = await ReplayLane.OpenAsync(
                facility, gate, key, target.GateFolder(gate.Id), line, target.Address, options.Profile, rhythm, options.FaultSeed,
                verifiers, clock, recorder);
        }

        var profile = ProfileFor(target);
        if (profile != options.Profile)
        {
            view.Say("Left out, because it is not possible with this service or its store: kills, restarts, lost tails or outages of the "
                + "archive.");
        }
        if (profile == FaultProfile.None && options.Profile != FaultProfile.None)
        {
            throw new SettingsException($"--faults {options.Faults}: none of these faults is possible here. Kills need a service that the "
                + $"replay starts itself, lose_tail needs --store redis.");
        }
        var plan = FaultPlan.Draw(profile, options.FaultSeed, times, [.. facilityOf.Keys], header.Ends ?? times[^1]);
        var ended = await view.ShowProgressAsync(report =>
            new ReplayRun(target, header, world, recorder, rhythm, new ReplayPace(options.Factor, header.Starts, time), report).RunAsync(
                trace.ReadAsync(cancellationToken), plan, cancellationToken));
        var recording = recorder.Conclude(FactsOf(header, target, ended, time.GetElapsedTime(started)), header.City.Plan);
        return await JudgeAsync(recording, http, people, cancellationToken);
    }

    /// <summary>A replay may take an hour. That its report cannot be written must be known before.</summary>
    /// <exception cref="IOException">The file or its folder cannot be written.</exception>
    private void RequireReport()
    {
        if (options.ReportPath is { } path)
        {
            var isNew = !File.Exists(path);
            File.Open(path, FileMode.OpenOrCreate, FileAccess.Write).Dispose();
            if (isNew)
            {
                File.Delete(path);
            }
        }
    }

    private async Task<ReplayVerdict> JudgeAsync(
        ReplayRecording recording, HttpClient http, ReplayPeople people, CancellationToken cancellationToken)
    {
        var oracle = OracleBooks.Of(recording);
        var books = await view.WaitForAsync(
            "reading the books", () => new BooksReader(http, people.TokenOf, people.OperatorToken, time).ReadAsync(
                recording.Drivers, [.. recording.City.Facilities.Select(facility => facility.Id)], null, cancellationToken));
        var fees = await view.WaitForAsync("pricing every stay", () => ExpectedFees.ReadAsync(recording, oracle,
            new QuoteReader(http, [.. Enumerable.Range(0, 16).Select(n => people.TokenOf($"pricing-{n}"))], time), cancellationToken));
        var verdict = Judge.Decide(recording, oracle, books, fees);
        var report = ReportMaker.Make(recording, oracle, books, verdict);
        view.Show(report);
        if (options.ReportPath is { } path)
        {
            var (page, json) = await ReportFiles.SaveAsync(report, path, cancellationToken);
            view.Say($"Report: {page}, and {json}.");
        }
        return verdict;
    }

    /// <summary>The part of the profile that is possible with this service.</summary>
    private FaultProfile ProfileFor(ReplayTarget target) => options.Profile with
    {
        StoreKills = target.CanBeKilled ? options.Profile.StoreKills : 0,
        LostTails = target.CanLoseTail ? options.Profile.LostTails : 0,
        EmptiedStores = target.CanBeKilled ? options.Profile.EmptiedStores : 0,
        ServiceRestarts = target.CanBeKilled ? options.Profile.ServiceRestarts : 0,
        LongOutages = target.CanBeKilled ? options.Profile.LongOutages : 0,
        ArchiveOutages = target.CanLoseArchive ? options.Profile.ArchiveOutages : 0,
    };

    /// <summary>
    /// The times of the trace's events. The whole trace is read once before anything starts, so that faults can be placed near events and a
    /// damaged trace is found early.
    /// </summary>
    private async Task<IReadOnlyList<Instant>> ReadTimesAsync(CancellationToken cancellationToken)
    {
        await using var trace = await TraceReader.OpenAsync(options.TracePath, cancellationToken);
        var times = await trace.ReadAsync(cancellationToken).Select(happening => happening.At).ToListAsync(cancellationToken);
        return times.Count > 0 ? times : throw new SettingsException($"{options.TracePath}: the trace has no events");
    }

    private RunFacts FactsOf(TraceHeader header, ReplayTarget target, Instant ended, TimeSpan took) => new()
    {
        Trace = Path.GetFileName(options.TracePath),
        Seed = header.Seed,
        Starts = header.Starts,
        Ends = ended,
        Took = Duration.FromTimeSpan(took),
        Speed = options.Speed,
        FaultProfile = File.Exists(options.Faults) ? Path.GetFileName(options.Faults) : options.Faults,
        FaultSeed = options.Profile == FaultProfile.None ? null : options.FaultSeed,
        Store = target.Description,
        SimulatorVersion = Version,
    };
}

public interface IReplayView
{
    void Say(string text);

    /// <summary>Runs a task that may take a while and shows its name.</summary>
    Task<T> WaitForAsync<T>(string what, Func<Task<T>> work);

    /// <summary>Runs the replay itself and shows its progress.</summary>
    Task<T> ShowProgressAsync<T>(Func<Action<ReplayProgress>, Task<T>> run);

    /// <summary>Shows the result of the replay.</summary>
    void Show(ReplayReport report);
}

/// <summary>The options of a replay.</summary>
public sealed record ReplayOptions
{
    public required string TracePath { get; init; }

    /// <summary>As given: <c>max</c>, <c>1x</c>, <c>60x</c>.</summary>
    public required string Speed { get; init; }

    /// <summary>Seconds of the trace per second of real time; null for no limit.</summary>
    public required double? Factor { get; init; }

    /// <summary>As given.</summary>
    public required string Faults { get; init; }

    public required FaultProfile Profile { get; init; }

    /// <summary>Determines when faults occur.</summary>
    public long FaultSeed { get; init; }

    public StoreKind Store { get; init; }

    /// <summary>The address of a running simulation; null if the replay starts its own.</summary>
    public Uri? Api { get; init; }

    /// <summary>The settings file of that simulation.</summary>
    public string? SettingsPath { get; init; }

    /// <summary>Whether every code is drawn as a symbol, rendered as a camera frame, and read.</summary>
    public bool UsesOptics { get; init; }

    /// <summary>The report's file; null if none is written.</summary>
    public string? ReportPath { get; init; }
}

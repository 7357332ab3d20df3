using System.CommandLine;
using Parking.Simulation.Replay;
using Parking.Simulation.Replay.Driving;
using Parking.Simulation.Replay.Faults;
using Spectre.Console;

namespace Parking.ScannerSim.Replay;

/// <summary><c>replay</c>: a trace against a service, faults included, with a verdict.</summary>
internal static class ReplayCommand
{
    private const string Description = """
        Replay a trace against the service, in virtual time, and say whether the books are right.

        Starts the service as a simulation of its own, on a private redis-server where one is on the PATH, else on the embedded store, and
        drives every gate of the trace's city with the real gate program: codes are minted, shown, decided, and everything is journaled and
        sent. An oracle that knows the whole trace holds decisions, stays, fees and occupancy against what the service has in the end.
        Exits with 0 if nothing differs, with 1 if anything does (each mismatch is named), with 2 if it could not run.

        Faults: drop_request, drop_answer, delay, duplicate, reorder, cut (a gate, for an hour), skew (a gate's clock), kill_gate,
        kill_store (kill -9), lose_tail (Redis: the end of its append-only file), restart_service.

        Examples:
          generate --seed 7 --facilities 20 --scans 20000 --out day.ndjson
          replay day.ndjson --faults all --speed max --report report.html
          replay day.ndjson --store embedded --faults cut,skew --fault-seed 3
          replay day.ndjson --speed 60x
          replay day.ndjson --api http://127.0.0.1:5080 --settings App_Data/Simulation/simulation.json
        """;

    public static Command Create(TimeProvider time)
    {
        var trace = new Argument<string>("trace") { Description = "The trace: NDJSON, plain or .gz." };
        var speed = new Option<string>("--speed")
        {
            Description = "max, or how many times as fast as it happened.",
            HelpName = "1x|60x|max",
            DefaultValueFactory = _ => "max",
        };
        var faults = new Option<string>("--faults")
        {
            Description = "none, all, some by name with commas between them, or a file with a profile.",
            HelpName = "none|all|LIST|FILE",
            DefaultValueFactory = _ => "none",
        };
        var seed = new Option<long>("--fault-seed") { Description = "Settles which faults happen when.", DefaultValueFactory = _ => 1 };
        var store = Options.Store("What the replay's own service runs on.");
        var api = new Option<Uri?>("--api")
        {
            Description = "A simulation that is running, in place of one that the replay starts. It cannot be killed.",
            HelpName = "URL",
            CustomParser = Options.ParseApi,
        };
        var settings = new Option<string?>("--settings")
        {
            Description = "For --api: the simulation.json in its data folder.",
            HelpName = "FILE",
        };
        var optics = new Option<bool>("--optics") { Description = "Draw, photograph and read every code: about ten times slower." };
        var report = new Option<string?>("--report")
        {
            Description = "Write a report: this page, and the same in JSON beside it.",
            HelpName = "FILE.html",
        };
        var plain = new Option<bool>("--plain")
        {
            Description = "Prints plain lines in place of a progress bar; the default if the output is not a terminal.",
        };

        var command = new Command("replay", Description) { trace, speed, faults, seed, store, api, settings, optics, report, plain };
        command.Validators.Add(result =>
        {
            if (result.GetResult(api) is null != result.GetResult(settings) is null)
            {
                result.AddError("--api and --settings go together. See replay --help.");
            }
        });
        command.SetAction((result, cancellationToken) => RunAsync(
            () => new()
            {
                TracePath = result.GetRequiredValue(trace),
                Speed = result.GetRequiredValue(speed),
                Factor = ReplayPace.Parse(result.GetRequiredValue(speed)),
                Faults = result.GetRequiredValue(faults),
                Profile = FaultProfile.Parse(result.GetRequiredValue(faults)),
                FaultSeed = result.GetValue(seed),
                Store = result.GetValue(store),
                Api = result.GetValue(api),
                SettingsPath = result.GetValue(settings),
                UsesOptics = result.GetValue(optics),
                ReportPath = result.GetValue(report),
            },
            result.GetValue(plain),
            result.InvocationConfiguration.Error,
            time,
            cancellationToken));
        return command;
    }

    private static Task<int> RunAsync(Func<ReplayOptions> read, bool isPlain, TextWriter errors, TimeProvider time,
        CancellationToken cancellationToken) => CommandRun.RunAsync(
        errors,
        "Stopped. The service that was started has been ended.",
        async () =>
        {
            var verdict = await new Replayer(read(), new ReplayView(AnsiConsole.Console, isPlain, time), time).RunAsync(cancellationToken);
            return verdict.IsGood ? ExitCodes.Good : ExitCodes.Bad;
        },
        cancellationToken);
}

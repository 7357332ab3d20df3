using System.CommandLine;
using Parking.Simulation.Replay;
using Parking.Simulation.Replay.Driving;
using Parking.Simulation.Replay.Faults;
using Spectre.Console;

namespace Parking.ScannerSim.Replay;

/// <summary>The command <c>replay</c>: runs a trace against a service, with faults if wanted, and gives a verdict.</summary>
internal static class ReplayCommand
{
    private const string Description = """
        Replay a trace against the service, in virtual time, and say whether the books are right.

        The command starts the service as a simulation, on a private redis-server if one is on the PATH, otherwise on the embedded store.
        The real gate program runs for every gate of the trace's city: codes are minted, shown and decided, and all events are journaled and
        sent. At the end, an oracle that knows the whole trace compares decisions, stays, fees and occupancy with those of the service.

        Exits with 0 if nothing differs, with 1 if anything differs (each mismatch is named), with 2 if it could not run.

        Faults: drop_request, drop_answer, delay, duplicate, reorder, cut (a gate, for an hour), skew (a gate's clock), kill_gate,
        kill_store (kill -9), lose_tail (Redis: the end of its append-only file), empty_store, restart_service, dead_clock,
        long_outage (of the service: longer than a code lives), damage_journal (a gate's disk).

        Examples:
          generate --seed 7 --facilities 20 --scans 20000 --out day.ndjson
          replay day.ndjson --faults all --speed max --report report.html
          replay day.ndjson --store embedded --faults cut,skew --fault-seed 3
          replay day.ndjson --speed 60x
          replay day.ndjson --api http://127.0.0.1:5080 --settings App_Data/Simulation/simulation.json
        """;

    public static Command Create(TimeProvider time)
    {
        var trace = new Argument<string>("trace") { Description = "The trace file: NDJSON, plain or compressed (.gz)." };
        var speed = new Option<string>("--speed")
        {
            Description = "max, or a factor of real time.",
            HelpName = "1x|60x|max",
            DefaultValueFactory = _ => "max",
        };
        var faults = new Option<string>("--faults")
        {
            Description = "none, all, names separated by commas, or a file with a fault profile.",
            HelpName = "none|all|LIST|FILE",
            DefaultValueFactory = _ => "none",
        };
        var seed = new Option<long>("--fault-seed")
        {
            Description = "The seed of kinds and times of the faults.",
            DefaultValueFactory = _ => 1,
        };
        var store = Options.Store("The store of the replay's own service.");
        var api = new Option<Uri?>("--api")
        {
            Description = "The address of a running simulation to use. Faults that kill processes are then not possible.",
            HelpName = "URL",
            CustomParser = Options.ParseApi,
        };
        var settings = new Option<string?>("--settings")
        {
            Description = "The simulation.json in the data folder of the simulation at --api.",
            HelpName = "FILE",
        };
        var optics = new Option<bool>("--optics") { Description = "Draw, photograph and read every code. This is about ten times slower." };
        var report = new Option<string?>("--report")
        {
            Description = "Write a report to this HTML file, and a JSON file with the same data next to it.",
            HelpName = "FILE.html",
        };
        var plain = new Option<bool>("--plain")
        {
            Description = "Print plain lines instead of a progress bar. This is the default if the output is not a terminal.",
        };

        var command = new Command("replay", Description) { trace, speed, faults, seed, store, api, settings, optics, report, plain };
        command.Validators.Add(result =>
        {
            if (result.GetResult(api) is null != result.GetResult(settings) is null)
            {
                result.AddError("--api and --settings must be given together. See replay --help.");
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
        "Stopped. The service that this command started has ended too.",
        async () =>
        {
            var verdict = await new Replayer(read(), new ReplayView(AnsiConsole.Console, isPlain, time), time).RunAsync(cancellationToken);
            return verdict.IsGood ? ExitCodes.Good : ExitCodes.Bad;
        },
        cancellationToken);
}

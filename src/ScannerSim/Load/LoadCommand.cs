using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Parking.Simulation.Load;
using Spectre.Console;

namespace Parking.ScannerSim.Load;

/// <summary><c>load</c>: many gates in one process, and drivers who come whether or not the service keeps up.</summary>
internal static class LoadCommand
{
    private const string Description = """
        Put a service under load: many real gate programs in this one process, and drivers who come at a given rate.

        Starts the service as its own process, on a private redis-server where one is on the PATH, else on the embedded store, and ends it
        afterwards. Drivers come at random moments, settled by the seed, whether or not those before have been served; a driver's wait is
        counted from the moment the code was to be shown, not from when this program got round to it. Every code is minted by the service,
        some seconds ahead. Shown: the wait, the service's share of it, and what the simulator itself needs.
        Exits with 0 if every decision is the expected one and every event is acknowledged, with 1 if not, with 2 if it could not run.

        All gates share this machine's disk here, so their journals are not synced to it unless --sync says so. Build with -c Release.

        Examples:
          load
          load --gates 1000 --rate 200 --seconds 60 --json load.json
          load --gates 20 --rate 20 --seconds 10 --warm-up 3 --store embedded --sync
        """;

    public static Command Create(TimeProvider time)
    {
        var gates = Options.Number(
            "--gates", $"How many gates, {LoadCity.FewestGates} to {LoadOptions.MostGates}.", LoadOptions.DefaultGates,
            LoadCity.FewestGates, LoadOptions.MostGates);
        var rate = new Option<double>("--rate")
        {
            Description = "Codes shown in a second, at all gates together, on average.",
            DefaultValueFactory = _ => LoadOptions.DefaultRate,
            CustomParser = ParseRate,
        };
        var seconds = Options.Number("--seconds", $"How long to measure, up to {LoadOptions.MostSeconds}.", 60, 1, LoadOptions.MostSeconds);
        var warmUp = Options.Number(
            "--warm-up", $"Seconds before that which do not count, up to {LoadOptions.MostWarmUp}.", 15, 0, LoadOptions.MostWarmUp);
        var store = Options.Store("What the service runs on.");
        var seed = new Option<long>("--seed") { Description = "Settles who comes when and where.", DefaultValueFactory = _ => 1 };
        var sync = new Option<bool>("--sync")
        {
            Description = "Write every gate's journal through to the disk itself, as a gate with a disk of its own does.",
        };
        var json = new Option<string?>("--json") { Description = "Write the result as JSON.", HelpName = "FILE" };
        var plain = new Option<bool>("--plain")
        {
            Description = "Prints plain lines in place of a changing one; the default if the output is not a terminal.",
        };

        var command = new Command("load", Description) { gates, rate, seconds, warmUp, store, seed, sync, json, plain };
        command.SetAction((result, cancellationToken) => RunAsync(
            new LoadOptions
            {
                Gates = (int)result.GetValue(gates),
                Rate = result.GetValue(rate),
                Measured = TimeSpan.FromSeconds(result.GetValue(seconds)),
                WarmUp = TimeSpan.FromSeconds(result.GetValue(warmUp)),
                Store = result.GetValue(store),
                Seed = result.GetValue(seed),
                Syncs = result.GetValue(sync),
                JsonPath = result.GetValue(json),
            },
            result.GetValue(plain),
            result.InvocationConfiguration.Error,
            time,
            cancellationToken));
        return command;
    }

    private static double ParseRate(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate)
            && rate is >= 0.1 and <= LoadOptions.MostRate)
        {
            return rate;
        }
        result.AddError($"--rate must be from 0.1 to {LoadOptions.MostRate}.");
        return LoadOptions.DefaultRate;
    }

    private static Task<int> RunAsync(LoadOptions options, bool isPlain, TextWriter errors, TimeProvider time,
        CancellationToken cancellationToken) => CommandRun.RunAsync(
        errors,
        "Stopped. The service that was started has been ended.",
        async () =>
        {
            var result = await new LoadRun(options, new LoadView(AnsiConsole.Console, isPlain), time).RunAsync(cancellationToken);
            return result.IsGood ? ExitCodes.Good : ExitCodes.Bad;
        },
        cancellationToken);
}

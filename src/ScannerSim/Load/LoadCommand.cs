using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Parking.Simulation.Load;
using Spectre.Console;

namespace Parking.ScannerSim.Load;

/// <summary>
/// The command <c>load</c>: many gates in one process, with drivers who arrive at a given rate even if the service is slow.
/// </summary>
internal static class LoadCommand
{
    private const string Description = """
        Put a service under load: many real gate programs run in this process, and drivers arrive at a given rate.

        The command starts the service as a separate process and ends it afterwards. The service uses a private redis-server if one is on
        the PATH, otherwise the embedded store. Drivers arrive at random times, which the seed determines, whether or not earlier drivers
        have been served. A driver's wait begins at the planned time of showing the code, even if this program shows it late. The service
        mints every code, some seconds before it is shown. The result has the wait, the service's share of it, and the resources of the
        simulator and of the service.

        Exits with 0 if every decision is the expected one and every event is acknowledged, with 1 if not, with 2 if it could not run.
        All gates share this machine's disk, so their journals are not synced to the disk without --sync. Build with -c Release.

        Examples:
          load
          load --gates 1000 --rate 200 --seconds 60 --json load.json
          load --gates 800 --rate 160 --screens 50
          load --gates 20 --rate 20 --seconds 10 --warm-up 3 --store embedded --sync
        """;

    public static Command Create(TimeProvider time)
    {
        var gates = Options.Number(
            "--gates", $"The number of gates, {LoadCity.FewestGates} to {LoadOptions.MostGates}.", LoadOptions.DefaultGates,
            LoadCity.FewestGates, LoadOptions.MostGates);
        var rate = new Option<double>("--rate")
        {
            Description = "The mean number of codes shown per second, at all gates together.",
            DefaultValueFactory = _ => LoadOptions.DefaultRate,
            CustomParser = ParseRate,
        };
        var seconds = Options.Number(
            "--seconds", $"The measured time in seconds, up to {LoadOptions.MostSeconds}.", 60, 1, LoadOptions.MostSeconds);
        var warmUp = Options.Number(
            "--warm-up", $"The seconds of load before measuring starts, up to {LoadOptions.MostWarmUp}.", 15, 0, LoadOptions.MostWarmUp);
        var screens = Options.Number(
            "--screens", $"Screens that watch the occupancy of the whole city meanwhile, up to {LoadOptions.MostScreens}.", 0, 0,
            LoadOptions.MostScreens);
        var store = Options.Store("The store of the service.");
        var seed = new Option<long>("--seed")
        {
            Description = "The seed of the drivers' arrival times and gates.",
            DefaultValueFactory = _ => 1,
        };
        var sync = new Option<bool>("--sync")
        {
            Description = "Sync every gate's journal to the disk, as a real gate does.",
        };
        var json = new Option<string?>("--json") { Description = "Write the result to a file as JSON.", HelpName = "FILE" };
        var plain = new Option<bool>("--plain")
        {
            Description = "Print plain lines instead of a changing line. This is the default if the output is not a terminal.",
        };

        var command = new Command("load", Description) { gates, rate, seconds, warmUp, screens, store, seed, sync, json, plain };
        command.Validators.Add(result =>
        {
            if (result.TryRead(screens, out var some) && some > 0
                && result.TryRead(seconds, out var measured) && result.TryRead(warmUp, out var before)
                && TimeSpan.FromSeconds(measured + before) > LoadOptions.LongestWithScreens)
            {
                result.AddError(
                    $"With --screens, --warm-up and --seconds together are at most {LoadOptions.LongestWithScreens.TotalSeconds:0}: "
                    + "a screen's sign-in does not last longer.");
            }
        });
        command.SetAction((result, cancellationToken) => RunAsync(
            new LoadOptions
            {
                Gates = (int)result.GetValue(gates),
                Rate = result.GetValue(rate),
                Measured = TimeSpan.FromSeconds(result.GetValue(seconds)),
                WarmUp = TimeSpan.FromSeconds(result.GetValue(warmUp)),
                Screens = (int)result.GetValue(screens),
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
        "Stopped. The service that this command started has ended too.",
        async () =>
        {
            var result = await new LoadRun(options, new LoadView(AnsiConsole.Console, isPlain), time).RunAsync(cancellationToken);
            return result.IsGood ? ExitCodes.Good : ExitCodes.Bad;
        },
        cancellationToken);
}

using System.CommandLine;
using System.CommandLine.Parsing;
using NodaTime;
using NodaTime.Text;
using Parking.Simulation.Traces;
using Parking.Simulation.Traces.Generating;

namespace Parking.ScannerSim.Traces;

/// <summary>The command <c>generate</c>: writes the traffic of an invented city as a trace.</summary>
internal static class GenerateCommand
{
    private const string Description = """
        Generate a trace: the traffic of an invented city at its gates, as a file to replay.

        The same seed and options give the same bytes on every machine. For each scan, the trace has the decision of a service that loses
        nothing. docs/traces.md has the format of traces and of profiles.

        Exits with 0, or with 2 if the options or the profile are not valid.

        Examples:
          generate --out day.ndjson
          generate --seed 7 --facilities 20 --scans 20000 --out day.ndjson
          generate --seed 1 --facilities 100 --scans 1000000 --days 7 --start 2026-05-11 --out week.ndjson.gz
          generate --profile town.json --out town.ndjson
        """;

    public static Command Create(TimeProvider time)
    {
        var seed = new Option<long>("--seed") { Description = "The seed of everything that is random.", DefaultValueFactory = _ => 1 };
        var facilities = Options.Number(
            "--facilities", $"The number of facilities, up to {GenerateOptions.MostFacilities}. In the built-in profile, each has 3 gates.",
            GenerateOptions.DefaultFacilities, 1, GenerateOptions.MostFacilities);
        var scans = Options.OptionalNumber(
            "--scans", "The exact number of scans. Otherwise it follows from the profile's arrivals.", 1, GenerateOptions.MostScans);
        var start = new Option<LocalDate>("--start")
        {
            Description = "The first day, in the city's time zone.",
            HelpName = "DATE",
            DefaultValueFactory = _ => GenerateOptions.DefaultStart,
            CustomParser = ParseDate,
        };
        var days = Options.Number("--days", $"The number of days, up to {GenerateOptions.MostDays}.", 1, 1, GenerateOptions.MostDays);
        var profile = new Option<string?>("--profile")
        {
            Description = "A file with the city's profile, instead of the built-in one.",
            HelpName = "FILE",
        };
        var output = new Option<string>("--out")
        {
            Description = "The trace file. It is compressed if its name ends in .gz.",
            HelpName = "FILE",
            Required = true,
        };

        var command = new Command("generate", Description) { seed, facilities, scans, start, days, profile, output };
        command.SetAction((result, cancellationToken) => RunAsync(
            new GenerateOptions
            {
                Seed = result.GetValue(seed),
                Facilities = (int)result.GetValue(facilities),
                Scans = result.GetValue(scans),
                Start = result.GetValue(start),
                Days = (int)result.GetValue(days),
                ProfilePath = result.GetValue(profile),
                Out = result.GetRequiredValue(output),
            },
            result.InvocationConfiguration.Output,
            result.InvocationConfiguration.Error,
            time,
            cancellationToken));
        return command;
    }

    private static LocalDate ParseDate(ArgumentResult result)
    {
        var found = LocalDatePattern.Iso.Parse(result.Tokens.Count == 1 ? result.Tokens[0].Value : "");
        if (found.Success && found.Value.Year is >= 1970 and < 9000)
        {
            return found.Value;
        }
        result.AddError($"{OptionName(result)} must be a date such as 2026-05-11.");
        return GenerateOptions.DefaultStart;
    }

    private static string OptionName(ArgumentResult result) => (result.Parent as OptionResult)?.Option.Name ?? result.Argument.Name;

    private static Task<int> RunAsync(GenerateOptions options, TextWriter output, TextWriter errors, TimeProvider time,
        CancellationToken cancellationToken) => CommandRun.RunAsync(
        errors,
        "Stopped. Nothing was written.",
        async () =>
        {
            var profile = options.ProfilePath is { } path ? CityProfile.Load(path) : CityProfile.LoadDefault();
            var started = time.GetTimestamp();
            var counts = await LongWork.RunAsync(errors, $"generating {options.Out}", time, progress =>
            {
                var counts = new TraceCounts();
                TraceFile.Write(
                    options.Out, stream => counts = TraceGenerator.Generate(options, profile, stream, progress, cancellationToken));
                return counts;
            });
            await output.WriteLineAsync(
                $"{options.Out}: {counts.Events:N0} events, {counts.Scans:N0} of them scans, {new FileInfo(options.Out).Length:N0} bytes, "
                    + $"in {time.GetElapsedTime(started).TotalSeconds:0.0} s");
            foreach (var (kind, count) in counts.Kinds)
            {
                await output.WriteLineAsync($"  {kind,-26}{count,12:N0}");
            }
            return ExitCodes.Good;
        },
        cancellationToken);
}

using System.CommandLine;
using Parking.Simulation.Traces.Importing;

namespace Parking.ScannerSim.Traces;

/// <summary>The command <c>import FILE…</c>: converts tables of real parking events to a trace.</summary>
internal static class ImportCommand
{
    private const int MostShown = 20;

    private static readonly string Description = $"""
        Import tables of real parking events (CSV) as a trace. A mapping says what each column means.

        Built-in mappings: {string.Join(", ", ColumnMapping.BuiltIn)}; docs/traces.md has the format and shows these two. The report counts
        unusual stays: without an end, of zero length, negative, and overlapping. All of them are in the trace.

        Exits with 0; with 1 if some rows could not be read, which are listed and omitted; with 2 if nothing was written.

        Examples:
          import N20161107.csv N20161108.csv --map melbourne-2016 --out melbourne.ndjson
          import events/*.csv --map my-city.json --out my-city.ndjson.gz --verbose
        """;

    public static Command Create(TimeProvider time)
    {
        var files = new Argument<string[]>("file")
        {
            Description = "CSV files with column names in the first line.",
            Arity = ArgumentArity.OneOrMore,
        };
        var map = new Option<string>("--map")
        {
            Description = "The mapping of columns: the name of a built-in one, or a file.",
            HelpName = "MAPPING",
            Required = true,
        };
        var output = new Option<string>("--out")
        {
            Description = "The trace file. It is compressed if its name ends in .gz.",
            HelpName = "FILE",
            Required = true,
        };
        var verbose = new Option<bool>("--verbose") { Description = "List every overlapping stay and every bad row." };
        var command = new Command("import", Description) { files, map, output, verbose };
        command.SetAction((result, cancellationToken) => RunAsync(
            result.GetRequiredValue(files), result.GetRequiredValue(map), result.GetRequiredValue(output), result.GetValue(verbose),
            result.InvocationConfiguration.Output, result.InvocationConfiguration.Error, time, cancellationToken));
        return command;
    }

    private static Task<int> RunAsync(
        string[] files, string map, string outPath, bool isVerbose, TextWriter output, TextWriter errors, TimeProvider time,
        CancellationToken cancellationToken) => CommandRun.RunAsync(
        errors,
        "Stopped. Nothing was written.",
        async () =>
        {
            var mapping = ColumnMapping.Load(map);
            var started = time.GetTimestamp();
            var report = await LongWork.RunAsync(
                errors, $"importing {files.Length} files", time, progress =>
                    TraceImporter.Import(files, mapping, outPath, progress, cancellationToken));
            await output.WriteLineAsync(
                $"{outPath}: {report.Rows:N0} rows of {report.Drivers:N0} drivers at {report.Facilities:N0} facilities, "
                    + $"{new FileInfo(outPath).Length:N0} bytes, in {time.GetElapsedTime(started).TotalSeconds:0.0} s");
            await WriteAsync(report, isVerbose, output, errors);
            return report.BadRows.Count == 0 ? ExitCodes.Good : ExitCodes.Bad;
        },
        cancellationToken);

    private static async Task WriteAsync(ImportReport report, bool isVerbose, TextWriter output, TextWriter errors)
    {
        foreach (var (what, count) in new[]
        {
            ("stays with both ends", report.WithBothEnds),
            ("  of zero length", report.OfNoLength),
            ("  that end before they begin", report.Negative),
            ("  that begin during another of the same driver", report.Overlaps.Count),
            ("entries without an exit", report.EntriesAlone),
            ("exits without an entry", report.ExitsAlone),
            ("departures at the time of the driver's next arrival", report.TurnsAtOnce),
            ("rows that cannot be read", report.BadRows.Count),
        })
        {
            await output.WriteLineAsync($"  {what,-52}{count,10:N0}");
        }
        foreach (var overlap in isVerbose ? report.Overlaps : [])
        {
            await output.WriteLineAsync(overlap);
        }
        var shown = isVerbose ? report.BadRows.Count : MostShown;
        foreach (var bad in report.BadRows.Take(shown))
        {
            await errors.WriteLineAsync(bad);
        }
        if (report.BadRows.Count > shown)
        {
            await errors.WriteLineAsync($"… and {report.BadRows.Count - shown:N0} more; --verbose lists them");
        }
    }
}

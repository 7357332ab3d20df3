using System.Globalization;
using Parking.Optics.Readers;
using Parking.Optics.Trials;
using Spectre.Console;

namespace Parking.ScannerSim.Optics;

/// <summary>What a person sees of a trial: a table by kind, sums under it, and what the figures mean.</summary>
internal static class TrialReport
{
    private const int Width = 110;

    public static void Write(TextWriter output, TrialResult result, OpticsOptions options)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        // Also into a pipe, where the width is unknown: numbers are not to be broken.
        console.Profile.Width = Math.Max(console.Profile.Width, Width);
        var table = new Table().RoundedBorder().AddColumn("kind");
        foreach (var column in new[] { "frames", "read", "exact", "wrong", "rate %", "median ms", "p95 ms", "max ms" })
        {
            table.AddColumn(new TableColumn(column).RightAligned().NoWrap());
        }
        foreach (var tally in result.Kinds())
        {
            AddRow(table, tally);
        }
        table.AddEmptyRow();
        foreach (var tally in result.Totals())
        {
            AddRow(table, tally);
        }
        console.Write(table);
        foreach (var line in Notes(result, options))
        {
            console.WriteLine(line);
        }
    }

    private static void AddRow(Table table, Tally tally) => table.AddRow(
        tally.Name.EscapeMarkup(),
        Number(tally.Frames),
        Number(tally.Read),
        tally.Symbols == 0 ? "" : Number(tally.Exact),
        tally.Wrong == 0 ? "0" : $"[bold red]{Number(tally.Wrong)}[/]",
        tally.Rate is { } rate ? rate.ToString("0.00", CultureInfo.InvariantCulture) : "",
        Milliseconds(tally.Median),
        Milliseconds(tally.P95),
        Milliseconds(tally.Max));

    private static IEnumerable<string> Notes(TrialResult result, OpticsOptions options)
    {
        yield return Invariant($"Reader {options.Reader}; a frame was made or loaded in {result.MakingOne.TotalMilliseconds:0.0} ms of one processor.");
        if (options.Reader == PictureReaders.Zbar)
        {
            yield return Invariant($"zbarimg is a program of its own that starts and opens files: {result.Reading.TotalMilliseconds / Math.Max(1, result.Outcomes.Count):0.0} ms a frame with all that, not to be compared with a reader's own time.");
        }
        else if (options.Jobs > 1)
        {
            yield return "Times are not told: several frames were read at once.";
        }
        if (result.Unreadable.Count > 0)
        {
            yield return Invariant($"{result.Unreadable.Count} files could not be used.");
        }
        yield return result.IsGood ? "OK: nothing wrong was read." : "NOT OK: a wrong text was read, or a file could not be used.";
    }

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Milliseconds(double? value) => value is { } milliseconds ? milliseconds.ToString("0.0", CultureInfo.InvariantCulture) : "";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

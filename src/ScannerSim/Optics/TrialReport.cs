using System.Globalization;
using Parking.Optics.Readers;
using Parking.Optics.Trials;
using Spectre.Console;

namespace Parking.ScannerSim.Optics;

/// <summary>Writes a trial's results: a table by kind, sums below it, and notes on the figures.</summary>
internal static class TrialReport
{
    private const int Width = 140;

    private static readonly string[] Columns = ["frames", "read", "exact", "wrong", "rate %", "median ms", "p95 ms", "max ms"];

    /// <summary>Writes all details of one reader, or several readers side by side.</summary>
    /// <param name="output">Receives the report.</param>
    /// <param name="results">The result of each reader on the same frames.</param>
    /// <param name="options">The options of the trial.</param>
    /// <param name="leftOut">The reasons why requested readers were omitted.</param>
    public static void Write(TextWriter output, IReadOnlyList<TrialResult> results, OpticsOptions options, IEnumerable<string> leftOut)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        // The width of a pipe is unknown. A fixed minimum width keeps numbers from being split.
        console.Profile.Width = Math.Max(console.Profile.Width, Width);
        console.Write(results is [var only] ? Detail(only) : Compare(results));
        foreach (var line in leftOut.Concat(Notes(results, options)))
        {
            console.WriteLine(line);
        }
    }

    private static Table Detail(TrialResult result)
    {
        var table = CreateTable(Columns);
        foreach (var tally in result.Kinds())
        {
            AddRow(tally);
        }
        table.AddEmptyRow();
        foreach (var tally in result.Totals())
        {
            AddRow(tally);
        }
        return table;

        void AddRow(Tally tally) => table.AddRow(
            tally.Name.EscapeMarkup(),
            Number(tally.Frames),
            Number(tally.Read),
            tally.Symbols == 0 ? "" : Number(tally.Exact),
            Wrong(tally),
            Decimal(tally.Rate, "0.00"),
            Decimal(tally.Median, "0.0"),
            Decimal(tally.P95, "0.0"),
            Decimal(tally.Max, "0.0"));
    }

    /// <summary>
    /// A column per reader for each figure: the rate of exact texts, the number of wrong texts, the median time and the 95th percentile.
    /// </summary>
    private static Table Compare(IReadOnlyList<TrialResult> results)
    {
        string[] figures = ["%", "wrong", "median ms", "p95 ms"];
        var table = CreateTable([
            "frames", .. figures.SelectMany(figure => results.Select(result => $"{result.Reader} {figure}".Replace(' ', '\n')))]);
        AddRows(static result => result.Kinds());
        table.AddEmptyRow();
        AddRows(static result => result.Totals());
        return table;

        void AddRows(Func<TrialResult, IEnumerable<Tally>> talliesOf)
        {
            var byReader = results.Select(result => talliesOf(result).ToList()).ToList();
            for (var row = 0; row < byReader[0].Count; row++)
            {
                List<Tally> tallies = [.. byReader.Select(all => all[row])];
                table.AddRow([
                    tallies[0].Name.EscapeMarkup(), Number(tallies[0].Frames),
                    .. tallies.Select(static tally => Decimal(tally.Rate, "0.0")), .. tallies.Select(Wrong),
                    .. tallies.Select(static tally => Decimal(tally.Median, "0.0")), .. tallies.Select(
                        static tally => Decimal(tally.P95, "0.0"))]);
            }
        }
    }

    private static Table CreateTable(IEnumerable<string> columns)
    {
        var table = new Table().RoundedBorder().AddColumn("kind");
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(column).RightAligned().NoWrap());
        }
        return table;
    }

    private static IEnumerable<string> Notes(IReadOnlyList<TrialResult> results, OpticsOptions options)
    {
        var (first, names) = (results[0], string.Join(", ", results.Select(static result => result.Reader)));
        var making = first.MakingOne.TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture);
        yield return $"Read by {names}; a frame was made or loaded in {making} ms of one processor; the times do not include this.";
        if (results.Count > 1)
        {
            yield return "All readers read the same frames in turn, one frame at a time with nothing else running. %: exact texts of the "
                + "frames with a symbol.";
        }
        if (options.Jobs > 1)
        {
            yield return "Times are not reported because several frames were read at once.";
        }
        else if (results.Any(static result => result.Reader == PictureReaders.Zbar))
        {
            yield return "zbarimg is a separate program: its times include starting it and opening the frame's file, about 10 ms a frame.";
        }
        if (first.Unreadable.Count > 0)
        {
            yield return Invariant($"{first.Unreadable.Count} files could not be used.");
        }
        var who = results.Count > 1 ? $" by {first.Reader}" : "";
        yield return first.IsGood
            ? $"OK: no wrong text was read{who}."
            : $"NOT OK: a wrong text was read{who}, or a file could not be used.";
    }

    private static string Wrong(Tally tally) => tally.Wrong == 0 ? "0" : $"[bold red]{Number(tally.Wrong)}[/]";

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Decimal(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

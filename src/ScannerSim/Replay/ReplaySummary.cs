using Parking.Simulation.Replay.Report;
using Parking.Simulation.Replay.Report.Html;
using Parking.Simulation.Replay.Verdict;
using Spectre.Console;

namespace Parking.ScannerSim.Replay;

/// <summary>Writes the results at the end of a replay.</summary>
internal static class ReplaySummary
{
    private const int MostMismatchesShown = 20;

    /// <param name="console">Receives the output, in colour if the terminal has colours.</param>
    /// <param name="report">The report to summarize.</param>
    public static void Write(IAnsiConsole console, ReplayReport report)
    {
        if (report.Latency.Count > 0)
        {
            console.Write(Times(report.Latency));
        }
        console.Write(Money(report.Money));
        var run = report.Run;
        var length = $"{run.Took.TotalSeconds:0.0} s ({(run.Ends - run.Starts).TotalHours:0.#} hours of trace)";
        var counts = $"{report.Counts.Decisions:N0} scans, {report.Counts.Passages:N0} passages, {report.Faults.Count:N0} faults";
        console.MarkupLine($"{counts} in {length}, on {run.Store}".EscapeMarkup());
        if (report.Counts is { LateExits: > 0 and var late })
        {
            console.MarkupLine($"{late:N0} left on a code that had expired, at exits that were cut off (opened_offline_late)");
        }
        if (report.Counts is { DeviceCodes: > 0 and var signed })
        {
            console.MarkupLine($"{signed:N0} of the codes were signed by phones themselves");
        }
        if (report.Counts is { EndsUnsure: > 0 and var unsure })
        {
            console.MarkupLine($"{unsure:N0} codes of ended phones were not compared: the service may have lost the end or the phone");
        }
        foreach (var check in ReportChecks.Of(report))
        {
            console.MarkupLine($"{(check.Faults == 0 ? "[green]✔[/]" : "[bold red]✘[/]")} {check.Zh} {check.En} "
                + $"[grey]({check.Evidence.EscapeMarkup()})[/]");
        }
        foreach (var mismatch in report.Mismatches.Take(MostMismatchesShown))
        {
            console.MarkupLine($"    [red]{Describe(mismatch).EscapeMarkup()}[/]");
        }
        if (report.Mismatches.Count > MostMismatchesShown)
        {
            console.MarkupLine($"    [red]and {report.Mismatches.Count - MostMismatchesShown:N0} more[/]");
        }
        if (report.Conflicting.Count > 0)
        {
            console.MarkupLine(
                $"[yellow]{report.Conflicting.Count:N0} stays are conflicting, as the oracle expects; a person must check them.[/]");
        }
        console.MarkupLine(report.Good
            ? "[bold green]OK 账实相符: the books are right.[/]"
            : $"[bold red]NOT OK 账实不符: {report.Mismatches.Count:N0} {(report.Mismatches.Count == 1 ? "mismatch" : "mismatches")}.[/]");
    }

    /// <summary>A mismatch in one line.</summary>
    public static string Describe(Mismatch mismatch)
    {
        var lines = mismatch.Lines.Count > 0 ? $" (line {string.Join(", ", mismatch.Lines)})" : "";
        var when = mismatch.At is { } at ? Simulation.Replay.Times.Write(at) : null;
        var who = string.Join(" ", new[] { when, mismatch.Facility, mismatch.Driver, mismatch.Member }.OfType<string>());
        return $"{ReportWords.Of(mismatch.Kind).En}: {who}: expected {mismatch.Expected}, found {mismatch.Found}{lines}";
    }

    private static Table Times(IReadOnlyList<LatencyRow> rows)
    {
        var table = new Table().RoundedBorder().AddColumn("ms");
        foreach (var column in new[] { "p50", "p90", "p99", "p99.9", "max" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }
        foreach (var row in rows)
        {
            var (zh, en) = ReportWords.Of(row.Kind);
            table.AddRow([$"{en} {zh}", .. new[] { row.P50, row.P90, row.P99, row.P999, row.Max }.Select(value => $"{value:0.0}")]);
        }
        return table;
    }

    private static Table Money(IReadOnlyList<MoneyRow> rows)
    {
        var table = new Table().RoundedBorder().AddColumn("stays 停车");
        foreach (var column in new[] { "expected", "found", "fees expected", "fees found" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }
        foreach (var row in rows)
        {
            var (zh, en) = ReportWords.Of(row.State);
            table.AddRow(
                $"{en} {zh}",
                $"{row.StaysExpected:N0}",
                $"{row.StaysFound:N0}",
                Fees(row.Currency, row.FeesExpected),
                Fees(row.Currency, row.FeesFound));
        }
        return table;
    }

    private static string Fees(string? currency, long total) => currency is null ? "-" : ReportWords.Money(currency, total);
}

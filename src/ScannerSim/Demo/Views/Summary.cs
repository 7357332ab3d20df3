using Parking.GateProtocol;
using Parking.Optics.Trials;
using Parking.Simulation;
using Parking.Simulation.Demo;
using Spectre.Console;

namespace Parking.ScannerSim.Demo.Views;

/// <summary>Writes the results at the end of a demo.</summary>
internal static class Summary
{
    private const int SideBySideWidth = 110, MostFaultsShown = 10;

    public static void Write(IAnsiConsole console, DemoOutcome outcome)
    {
        var decisions = Decisions(outcome.Taps);
        var times = Times(outcome.Taps);
        console.Write(console.Profile.Width >= SideBySideWidth
            ? new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn().AddRow(decisions, new Rows(times, Facts(outcome)))
            : new Rows(decisions, times, Facts(outcome)));
        foreach (var receipt in outcome.Receipts)
        {
            console.Write(ReceiptPanel.Create(receipt, outcome.TimeZone));
        }
        foreach (var item in outcome.Plan.LeftOut)
        {
            console.MarkupLine($"[grey]not shown: {item.EscapeMarkup()}[/]");
        }
        foreach (var check in outcome.Checks)
        {
            WriteCheck(console, check);
        }
        console.MarkupLine(outcome.IsGood
            ? "[bold green]OK 演示通过: every expected decision came and every invariant holds.[/]"
            : "[bold red]NOT OK 演示未通过: see the lines marked ✘.[/]");
    }

    private static Table Decisions(IReadOnlyList<TapRecord> taps)
    {
        var table = new Table().RoundedBorder();
        foreach (var column in new[] { "reason", "原因", "barrier" })
        {
            table.AddColumn(new TableColumn(column).NoWrap());
        }
        table.AddColumn(new TableColumn("expected").RightAligned()).AddColumn(new TableColumn("got").RightAligned());
        var reasons = taps.Select(tap => tap.Tap.Expected)
            .Concat(taps.Where(tap => tap.Showing is not null).Select(tap => tap.Showing!.Reason)).Distinct().Order();
        foreach (var reason in reasons)
        {
            var expected = taps.Count(tap => tap.Tap.Expected == reason);
            var got = taps.Count(tap => tap.Showing?.Reason == reason);
            var opens = taps.Any(tap => tap.Showing?.Reason == reason && tap.Showing.Decision == GateDecision.Open);
            var colour = expected != got ? "red" : opens ? "green" : "yellow";
            table.AddRow(
                $"[{colour}]{ReasonWords.En(reason)}[/]",
                ReasonWords.Zh(reason),
                opens ? "open 开" : "shut 关",
                $"{expected}",
                $"[{colour}]{got}[/]");
        }
        return table;
    }

    private static Table Times(IReadOnlyList<TapRecord> taps)
    {
        var answered = taps.Where(tap => tap.Answer is not null).ToList();
        var table = new Table().RoundedBorder().AddColumn("ms");
        foreach (var column in new[] { "p50", "p95", "p99", "max" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }
        AddRow("read 识读", answered.Select(tap => tap.Read));
        AddRow("network 网络", answered.Select(tap => tap.Network));
        AddRow("decide 决定", answered.Where(tap => tap.Decide is not null).Select(tap => tap.Decide!.Value));
        AddRow("[bold]tap to open 全程[/]", answered.Where(tap => tap.Answer!.Decision == GateDecision.Open).Select(tap => tap.Total));
        return table;

        void AddRow(string name, IEnumerable<TimeSpan> values)
        {
            if (Percentiles.Of(values) is { } times)
            {
                table.AddRow(name, Milliseconds(times.P50), Milliseconds(times.P95), Milliseconds(times.P99), Milliseconds(times.Max));
            }
        }
    }

    private static Rows Facts(DemoOutcome outcome)
    {
        var taps = outcome.Taps;
        var frames = taps.Sum(tap => tap.Frames);
        var opened = taps.Count(tap => tap.Showing?.Decision == GateDecision.Open);
        var alone = taps.Count(tap => tap.Showing?.IsLocal == true);
        return new Rows(
            new Text($"{outcome.Plan.Drivers.Count} drivers, {taps.Count} taps in {outcome.Took.TotalSeconds:0.0} s "
                + $"({taps.Count / outcome.Took.TotalSeconds:0.0}/s): {opened} opened, {taps.Count - opened} did not."),
            new Text($"{frames} camera frames; {taps.Count(tap => tap.Frames > 1)} taps needed more than one; {alone} were decided by the "
                + $"gate alone because the answer was lost."),
            new Text("The times do not include making the pictures, which is the simulator's work."));
    }

    private static void WriteCheck(IAnsiConsole console, CheckResult check)
    {
        console.MarkupLine($"{(check.Holds ? "[green]✔[/]" : "[bold red]✘[/]")} {check.Claim} [grey]({check.Evidence.EscapeMarkup()})[/]");
        foreach (var fault in check.Faults.Take(MostFaultsShown))
        {
            console.MarkupLine($"    [red]{fault.EscapeMarkup()}[/]");
        }
        if (check.Faults.Count > MostFaultsShown)
        {
            console.MarkupLine($"    [red]and {check.Faults.Count - MostFaultsShown} more[/]");
        }
    }

    private static string Milliseconds(TimeSpan time) => $"{time.TotalMilliseconds:0.0}";
}

using System.Globalization;
using Parking.Simulation.Load;
using Spectre.Console;

namespace Parking.ScannerSim.Load;

/// <summary>
/// Shows a load run in a terminal: a line that changes every second, and a table at the end. If the output is not a terminal, it writes
/// plain lines.
/// </summary>
/// <param name="console">Receives the output.</param>
/// <param name="isPlain">Whether to write plain lines even in a terminal.</param>
internal sealed class LoadView(IAnsiConsole console, bool isPlain) : ILoadView
{
    private bool IsLive => !isPlain && console.Profile.Capabilities.Interactive && !Console.IsOutputRedirected;

    public void Say(string text) => console.WriteLine(text);

    public Task<T> ShowAsync<T>(string what, Func<Action<string>, Task<T>> work) => IsLive
        ? console.Status().StartAsync(what.EscapeMarkup(), context => work(line => context.Status(line.EscapeMarkup())))
        : SayAndDo(what, work);

    public void Show(LoadResult result, IReadOnlyList<string> unexpected)
    {
        var table = new Table().RoundedBorder().AddColumn("ms");
        foreach (var column in new[] { "p50", "p90", "p99", "p99.9", "max" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }
        AddRow(table, "tap to open", result.TapToOpen);
        AddRow(table, "the service's share", result.Decide);
        AddRow(table, "delay before showing", result.Late);
        console.Write(table);

        var facts = new Table().RoundedBorder().HideHeaders().AddColumn("").AddColumn(new TableColumn("").RightAligned());
        facts.AddRow("gates", $"{result.Gates:N0}");
        facts.AddRow("taps", Invariant($"{result.Taps:N0} in {result.Seconds:0} s: {result.RateAchieved:0.0}/s of {result.Rate:0.#}/s"));
        facts.AddRow("simulator, share of one core", Invariant($"{result.ProcessorPercent:0.0} %"));
        facts.AddRow("service, share of one core", Invariant($"{result.ServiceProcessorPercent:0.0} %"));
        if (result.Screens > 0)
        {
            facts.AddRow(
                Invariant($"each of {result.Screens} screens hears"),
                Invariant($"{result.MessagesPerScreen:0.0} messages/s, {result.KibibytesPerScreen:0.0} KiB/s"));
        }
        facts.AddRow("simulator, peak memory", Invariant($"{result.PeakWorkingSetMiB:0} MiB"));
        facts.AddRow("simulator, peak managed heap", Invariant($"{result.PeakHeapMiB:0} MiB"));
        facts.AddRow(
            Invariant($"shown more than {LoadRun.LateAfter.TotalMilliseconds:0} ms late"), Invariant($"{result.LateStarts:N0}"));
        facts.AddRow("answered after the gate's time limit", Invariant($"{result.OverBudget:N0}"));
        facts.AddRow("decided by the gate alone", Invariant($"{result.Alone:N0}"));
        facts.AddRow("refused", Invariant($"{result.Refused:N0}"));
        facts.AddRow("not as expected", Invariant($"{result.Unexpected:N0}"));
        facts.AddRow("events; not acknowledged", Invariant($"{result.Events:N0}; {result.Unacknowledged:N0}"));
        console.Write(facts);
        foreach (var line in unexpected)
        {
            console.MarkupLine($"    [red]{line.EscapeMarkup()}[/]");
        }
        console.MarkupLine(result.IsGood
            ? "[bold green]OK: every decision is the expected one, and every event is acknowledged.[/]"
            : "[bold red]NOT OK: see the rows for decided alone, not as expected and not acknowledged.[/]");
    }

    private static void AddRow(Table table, string name, LoadTimes? times)
    {
        if (times is not null)
        {
            table.AddRow(
                [name, .. new[] { times.P50, times.P90, times.P99, times.P999, times.Max }.Select(value => Invariant($"{value:0.0}"))]);
        }
    }

    private Task<T> SayAndDo<T>(string what, Func<Action<string>, Task<T>> work)
    {
        Say(what);
        return work(Say);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

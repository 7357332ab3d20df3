using Parking.GateProtocol;
using Parking.Simulation;
using Parking.Simulation.Demo;
using Spectre.Console;

namespace Parking.ScannerSim.Demo.Views;

/// <summary>Writes one tap as one line.</summary>
internal static class TapLine
{
    private const int TimeWidth = 7, ReasonWidth = 14, GateWidth = 25;

    /// <summary>The line as plain text, without a limit of its length.</summary>
    public static string Plain(TimeSpan at, TapRecord record)
    {
        var display = record.Showing?.Display;
        var texts = display is null ? record.Fault ?? "" : $"{display.Zh} · {display.En}";
        return $"{Time(at)} {Sign(record)} {Arrow(record)} {Cells.Fit(record.Tap.Gate.Id, GateWidth)} "
            + $"{Cells.Fit(Reason(record), ReasonWidth)} {texts}"
            + (record.IsAsExpected ? "" : $"  <- {record.Tap.Driver}, expected {ReasonWords.En(record.Tap.Expected)}");
    }

    /// <summary>The line with colours, exactly this wide.</summary>
    public static string Coloured(TimeSpan at, TapRecord record, int width)
    {
        var display = record.Showing?.Display;
        var gateWidth = Math.Min(GateWidth, width / 4);
        var rest = width - TimeWidth - gateWidth - ReasonWidth - 7;
        var texts = display is null ? record.Fault ?? "" : $"{display.Zh} {display.En}";
        var colour = (record.IsAsExpected, record.Showing?.Decision) switch
        {
            (false, _) => "white on red",
            (_, GateDecision.Open) => "green",
            _ => "yellow",
        };
        return $"[grey]{Time(at)}[/] [{colour}]{Sign(record)}[/] {Arrow(record)} {Cells.Fit(record.Tap.Gate.Id, gateWidth).EscapeMarkup()}"
            + $" [{colour}]{Cells.Fit(Reason(record), ReasonWidth)}[/] {Cells.Fit(texts, rest).EscapeMarkup()}";
    }

    private static string Time(TimeSpan at) => $"{at.TotalSeconds,5:0.0} s";

    private static string Sign(TapRecord record) => record.Showing?.Decision switch
    {
        GateDecision.Open => "✔",
        GateDecision.Refuse => "✘",
        _ => "!",
    };

    private static string Arrow(TapRecord record) => record.Tap.Gate.Direction == GateDirection.Entry ? "→" : "←";

    private static string Reason(TapRecord record) => record.Showing is { } showing ? ReasonWords.En(showing.Reason) : "not read";
}

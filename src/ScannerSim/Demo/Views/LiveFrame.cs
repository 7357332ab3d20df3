using Parking.GateProgram;
using Parking.GateProtocol;
using Parking.Simulation.Cities;
using Parking.Simulation.Demo;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Parking.ScannerSim.Demo.Views;

/// <summary>
/// Draws one picture of the running demo: occupancy with the state of every barrier, and the last decisions. If the terminal is large
/// enough, it also draws each gate with its display.
/// </summary>
internal static class LiveFrame
{
    private const int GatesTableWidth = 100, LeastFeedRows = 4, BorderRows = 2, BorderWidth = 4, CountWidth = 9, BarriersWidth = 16,
        LongestName = 48, ShortestBar = 10;

    /// <param name="board">The current state of the demo.</param>
    /// <param name="scene">The city and the title, which do not change.</param>
    /// <param name="width">The terminal's width in cells.</param>
    /// <param name="height">The number of rows available.</param>
    public static IRenderable Draw(DemoBoard board, DemoScene scene, int width, int height)
    {
        var gates = scene.City.Facilities.SelectMany(facility => facility.Gates).ToList();
        var occupancyRows = scene.City.Facilities.Count + BorderRows;
        var gateRows = gates.Count + BorderRows;
        var showsGates = width >= GatesTableWidth && height >= 1 + occupancyRows + gateRows + LeastFeedRows + BorderRows;
        var feedRows = Math.Max(1, height - 1 - occupancyRows - BorderRows - (showsGates ? gateRows : 0));

        var parts = new List<IRenderable>
        {
            Header(board, scene, width),
            Box(
                "Occupancy 占用 (live over SignalR)",
                scene.City.Facilities.Select(facility => FacilityLine(board, facility, width - BorderWidth))),
        };
        if (showsGates)
        {
            parts.Add(Box("Gates 道闸", gates.Select(gate => GateLine(board, gate, width - BorderWidth))));
        }
        parts.Add(Box("Decisions 决定", Feed(board, feedRows, width - BorderWidth)));
        return new Rows(parts);
    }

    private static Rule Header(DemoBoard board, DemoScene scene, int width)
    {
        var seconds = Math.Max(0.1, board.Elapsed.TotalSeconds);
        var numbers = $"{seconds:0} s · {board.Count} taps · {board.Count / seconds:0.0}/s";
        var title = Cells.Fit($"停车演示 Parking demo · {numbers} · {scene.Title}", width - 6).TrimEnd();
        return new Rule($"[bold]{title.EscapeMarkup()}[/]") { Justification = Justify.Left };
    }

    private static Panel Box(string title, IEnumerable<string> lines) =>
        new Panel(new Rows(lines.Select(line => new Markup(line)))) { Header = new PanelHeader($" {title} ") }.Expand().RoundedBorder();

    private static string FacilityLine(DemoBoard board, FacilityPlan facility, int width)
    {
        var occupied = board.Occupancy.Latest.GetValueOrDefault(facility.Id)?.Occupied;
        var entries = string.Join(' ', facility.Entries.Select(gate => Barrier(board, gate)));
        var exits = string.Join(' ', facility.Exits.Select(gate => Barrier(board, gate)));
        var barrierWidth = 3 + (2 * facility.Gates.Count);
        var nameWidth = Math.Min(LongestName, width - ShortestBar - CountWidth - BarriersWidth);
        var barWidth = width - nameWidth - CountWidth - BarriersWidth;
        var isFull = occupied >= facility.Capacity && facility.EnforcesCapacity;
        return $"{Cells.Fit($"{facility.Name.Zh} {facility.Name.En}", nameWidth).EscapeMarkup()} "
            + $"[{(isFull ? "red" : "blue")}]{Bar.Draw(occupied ?? 0, facility.Capacity, barWidth)}[/]"
            + $"[bold]{$"{occupied?.ToString() ?? "?"}/{facility.Capacity}",CountWidth}[/]  [grey]→[/]{entries} "
                + $"[grey]←[/]{exits}{new string(' ', Math.Max(0, 13 - barrierWidth))}";
    }

    private static string Barrier(DemoBoard board, GatePlan gate) => StateOf(board, gate) switch
    {
        GateState.Open => "[green]╱[/]",
        GateState.Asking => "[yellow]?[/]",
        GateState.Refused => "[red]━[/]",
        _ => "[grey]━[/]",
    };

    private static string GateLine(DemoBoard board, GatePlan gate, int width)
    {
        var (colour, barrier) = StateOf(board, gate) switch
        {
            GateState.Open => ("green", "╱    open 开"),
            GateState.Asking => ("yellow", "━━━━ asking 核验"),
            GateState.Refused => ("red", "━━━━ refused 拒绝"),
            _ => ("grey", "━━━━"),
        };
        var display = board.Faces.GetValueOrDefault(gate.Id)?.Display ?? DisplayTexts.Welcome;
        return $"{(gate.Direction == GateDirection.Entry ? "→" : "←")} {Cells.Fit(gate.Id, 26).EscapeMarkup()} "
            + $"[{colour}]{Cells.Fit(barrier, 20)}[/] {Display(display, width - 49)}";
    }

    private static string Display(GateDisplay display, int width)
    {
        var zhWidth = width * 2 / 5;
        return $"{Cells.Fit(display.Zh, zhWidth).EscapeMarkup()} {Cells.Fit(display.En, width - zhWidth - 1).EscapeMarkup()}";
    }

    private static IEnumerable<string> Feed(DemoBoard board, int rows, int width)
    {
        var lines = board.Latest(rows).Select(tap => TapLine.Coloured(tap.At, tap.Record, width)).ToList();
        return lines.Concat(Enumerable.Repeat(new string(' ', width), rows - lines.Count));
    }

    private static GateState StateOf(DemoBoard board, GatePlan gate) => board.Faces.GetValueOrDefault(gate.Id)?.State ?? GateState.Waiting;
}

using NodaTime;

namespace Parking.Simulation.Replay.Report.Html;

/// <summary>The verdict as a heading, and the main figures below it.</summary>
internal static class HeadSection
{
    public static void Write(HtmlBuilder html, ReplayReport report, TimeScale scale)
    {
        var run = report.Run;
        html.AddLine($"<header><p class=\"kicker\">回放报告 <span lang=\"en\">Replay report</span> · {run.Trace}</p>");
        if (report.Good)
        {
            html.AddLine($"<h1 class=\"good\">✔ 账实相符 <span lang=\"en\">The books are right</span></h1>");
        }
        else
        {
            html.AddLine($"<h1 class=\"bad\">✘ {report.Mismatches.Count:N0} 处不符 <span lang=\"en\">{report.Mismatches.Count:N0} "
                + $"{(report.Mismatches.Count == 1 ? "mismatch" : "mismatches")}</span></h1>");
        }
        html.AddLine($"<p>{scale.TimeText(run.Starts)} – {scale.TimeText(run.Ends)} · {report.TimeZone}</p></header>");
        html.AddLine($"<dl class=\"tiles\">");
        Tile("扫码", "scans", $"{report.Counts.Decisions:N0}", Rate(report));
        Tile("过闸", "passages", $"{report.Counts.Passages:N0}", $"{report.Counts.StaysExpected:N0} stays");
        Tile("停车费", "fees", Fees(report), $"{report.Counts.FeesCompared:N0} compared");
        Tile("故障", "faults", $"{report.Faults.Count:N0}", run.FaultProfile);
        Tile("用时", "took", Length(run.Took), $"{Length(run.Ends - run.Starts)} of trace");
        Tile("速度", "speed", Speed(run), $"asked for: {run.Speed}");
        Tile("存储", "store", run.Store, run.ServiceVersion is { } version ? $"service {version}" : "");
        Tile(
            "种子", "seed", run.Seed is { } seed ? $"{seed}" : "—",
            $"{(run.FaultSeed is { } faults ? $"faults {faults} · " : "")}simulator {run.SimulatorVersion}");
        html.AddLine($"</dl>");

        void Tile(string zh, string en, string value, string more) =>
            html.AddLine($"<div><dt>{zh} <span lang=\"en\">{en}</span></dt><dd>{value}</dd><dd class=\"more\">{more}</dd></div>");
    }

    private static string Rate(ReplayReport report) =>
        report.Run.Took > Duration.Zero ? $"{report.Counts.Decisions / report.Run.Took.TotalSeconds:#,0.#} a second" : "";

    private static string Fees(ReplayReport report)
    {
        var totals = report.Money.Where(row => row.Currency is not null).GroupBy(row => row.Currency!)
            .Select(rows => ReportWords.Money(rows.Key, rows.Sum(row => row.FeesFound)));
        return string.Join(", ", totals) is { Length: > 0 } text ? text : "—";
    }

    private static string Speed(RunFacts run) =>
        run.Took > Duration.Zero ? $"{(run.Ends - run.Starts) / run.Took:N0}×" : "—";

    private static string Length(Duration length) =>
        length < Duration.FromMinutes(1) ? $"{length.TotalSeconds:0.0} s"
        : length < Duration.FromHours(1) ? $"{(int)length.TotalMinutes} min {length.Seconds} s"
        : length < Duration.FromDays(2) ? $"{length.TotalHours:0.#} h"
        : $"{length.TotalDays:0.#} days";
}

namespace Parking.Simulation.Replay.Report.Html;

/// <summary>The scans of mismatches and conflicting stays.</summary>
internal static class ScanSection
{
    public static void Write(HtmlBuilder html, ReplayReport report, TimeScale scale)
    {
        if (report.Scans.Count == 0)
        {
            return;
        }
        html.AddLine($"<section>").AddHeading("相关扫码", "The scans concerned")
            .Add($"<div class=\"scroll\"><table><thead><tr><th>行 <span lang=\"en\">line</span></th><th>时间 <span "
                + $"lang=\"en\">time</span></th><th>闸口 <span lang=\"en\">gate</span></th><th>司机 <span lang=\"en\">driver</span></th>")
            .AddLine($"<th>出示 <span lang=\"en\">shown</span></th><th>预期 <span lang=\"en\">expected</span></th><th>决定 <span "
                + $"lang=\"en\">decided</span></th><th>车辆 <span lang=\"en\">vehicle then</span></th><th>故障 <span "
                    + $"lang=\"en\">faults</span></th></tr></thead><tbody>");
        foreach (var scan in report.Scans)
        {
            html.Add($"<tr id=\"line-{scan.Line}\"><th>{scan.Line}</th><td>{scale.TimeText(scan.At)}</td><td>{scan.Gate} "
                + $"<small>{WireName.Of(scan.Direction)}</small></td>")
                .Add($"<td>{scan.Driver}{(scan.Vehicle > 0 ? $" · {scan.Vehicle}" : "")}</td><td>{WireName.Of(scan.Shown)}</td>")
                .Add($"<td>{(scan.Expected is { } expected ? WireName.Of(expected) : "—")}</td>")
                .Add($"<td>{(scan.Reason is { } reason ? WireName.Of(reason) : "—")}{(scan.DecidedAlone ? " (alone)" : "")}")
                .Add($"{(scan.Attempts > 1 ? $" {scan.Attempts}×" : "")}</td>")
                .AddLine($"<td>{WireName.Of(scan.Outcome)}</td><td>{string.Join(", ", WireName.AllOf(scan.Reach))}</td></tr>");
        }
        html.AddLine($"</tbody></table></div></section>");
    }
}

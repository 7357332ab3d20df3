namespace Parking.Simulation.Replay.Report.Html;

/// <summary>Conflicting stays, which people must review. They are not mismatches, because the oracle has them too.</summary>
internal static class ConflictSection
{
    private const int Most = 300;

    public static void Write(HtmlBuilder html, ReplayReport report, TimeScale scale)
    {
        if (report.Conflicting.Count == 0)
        {
            return;
        }
        var told = report.Scans.Select(scan => scan.Line).ToHashSet();
        html.AddLine($"<section>").AddHeading("矛盾的停车记录", "Conflicting stays")
            .AddLine($"<p class=\"note\">服务与标准答案都认为矛盾，需人工处理，不算不符。<span lang=\"en\">Their events contradict each other, in the oracle too. "
                + $"People must review them; they are not mismatches.</span></p>")
            .Add($"<details><summary>{report.Conflicting.Count:N0} 条 <span lang=\"en\">stays</span></summary><div "
                + $"class=\"scroll\"><table><thead><tr>")
            .AddLine($"<th>司机 <span lang=\"en\">driver</span></th><th>停车场 <span lang=\"en\">facility</span></th><th>进 <span "
                + $"lang=\"en\">in</span></th><th>止 <span lang=\"en\">end</span></th><th>结束方式 <span lang=\"en\">ending</span></th><th>行 "
                    + $"<span lang=\"en\">lines</span></th></tr></thead><tbody>");
        foreach (var stay in report.Conflicting.Take(Most))
        {
            html.Add($"<tr><th>{stay.Driver}{(stay.Vehicle > 0 ? $" · {stay.Vehicle}" : "")}</th>")
                .Add($"<td>{stay.Facility}</td><td>{(stay.EnteredAt is { } entry ? scale.TimeText(entry) : "—")}</td>")
                .Add($"<td>{(stay.EndedAt is { } end ? scale.TimeText(end) : "—")}</td>")
                .Add($"<td><code>{WireName.Of(stay.Ending)}</code></td><td>");
            foreach (var line in stay.Lines)
            {
                MismatchSection.AddLine(html, line, told);
            }
            html.AddLine($"</td></tr>");
        }
        html.AddLine($"</tbody></table></div></details></section>");
    }
}

namespace Parking.Simulation.Replay.Report.Html;

/// <summary>The faults and the occupancy of each facility, on one time axis.</summary>
internal static class OccupancySection
{
    private const int MostFacilities = 60;

    public static void Write(HtmlBuilder html, ReplayReport report, TimeScale scale)
    {
        var marks = OccupancyPlot.MarksOf(report);
        var shown = report.Facilities.Count <= MostFacilities
            ? report.Facilities
            : [.. report.Facilities.OrderByDescending(facility => marks[facility.Id].Any()).ThenByDescending(facility => facility.Highest)
                .Take(MostFacilities)];
        html.AddLine($"<section>").AddHeading("在场数与故障", "Occupancy and faults")
            .Add($"<p class=\"legend\"><span><i class=\"key oracle\"></i>应有 <span lang=\"en\">oracle</span></span><span><i class=\"key "
                + $"service\"></i>服务 <span lang=\"en\">service</span></span>")
            .Add($"<span><i class=\"key capacity\"></i>车位 <span lang=\"en\">capacity</span></span><span><i class=\"key fault\"></i>故障 "
                + $"<span lang=\"en\">fault here</span></span>")
            .AddLine($"<span><i class=\"key wrong\"></i>不符 <span lang=\"en\">mismatch</span></span></p>");
        html.AddLine($"<div class=\"rows\">");
        FaultLanes.Write(html, report, scale);
        Axis(html, scale);
        foreach (var facility in shown)
        {
            OccupancyPlot.Write(html, facility, report, marks[facility.Id], scale);
        }
        Axis(html, scale);
        html.AddLine($"</div>");
        if (shown.Count < report.Facilities.Count)
        {
            html.AddLine($"<p class=\"note\">另有 {report.Facilities.Count - shown.Count:N0} 处停车场见 JSON 文件。<span "
                + $"lang=\"en\">{report.Facilities.Count - shown.Count:N0} more facilities are in the JSON.</span></p>");
        }
        html.AddLine($"</section>");
    }

    private static void Axis(HtmlBuilder html, TimeScale scale)
    {
        html.Add($"<div class=\"label\"></div><div class=\"axis\">");
        foreach (var (x, label) in scale.Ticks())
        {
            html.Add($"<span style=\"left:{x / TimeScale.Width * 100:0.##}%\">{label}</span>");
        }
        html.AddLine($"</div>");
    }
}

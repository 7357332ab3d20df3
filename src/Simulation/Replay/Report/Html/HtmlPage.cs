using NodaTime;

namespace Parking.Simulation.Replay.Report.Html;

/// <summary>A report as one self-contained page: it loads no script, image or font. It is also well-formed XML.</summary>
internal static class HtmlPage
{
    public static string Write(ReplayReport report)
    {
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(report.TimeZone) ?? DateTimeZone.Utc;
        var scale = new TimeScale(report.Run.Starts, report.Run.Ends, zone);
        var html = new HtmlBuilder();
        html.AddLine($"<!DOCTYPE html>")
            .AddLine($"<html lang=\"zh\" xmlns=\"http://www.w3.org/1999/xhtml\">")
            .AddLine($"<head><meta charset=\"utf-8\"/><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>")
            .AddLine($"<meta name=\"color-scheme\" content=\"light dark\"/><title>{(report.Good ? "✔" : "✘")} 回放报告 Replay report: "
                + $"{report.Run.Trace}</title>");
        html.Add($"<style>").AddRaw(PageStyle.Css).AddLine($"</style></head>").AddLine($"<body><main>");
        HeadSection.Write(html, report, scale);
        ChecksSection.Write(html, report);
        MismatchSection.Write(html, report, scale);
        OccupancySection.Write(html, report, scale);
        LatencySection.Write(html, report);
        DecisionSection.Write(html, report);
        MoneySection.Write(html, report);
        ConflictSection.Write(html, report, scale);
        ScanSection.Write(html, report, scale);
        html.AddLine($"<footer>时间为 {report.TimeZone} 当地时间。<span lang=\"en\">Times are local, {report.TimeZone}. The same data as JSON is "
            + $"in the file beside this page.</span></footer>")
            .AddLine($"</main></body></html>");
        return html.ToString();
    }
}

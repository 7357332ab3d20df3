using Parking.Simulation.Replay.Verdict;

namespace Parking.Simulation.Replay.Report.Html;

/// <summary>All mismatches, with links to their scans.</summary>
internal static class MismatchSection
{
    /// <summary>The most mismatches on the page. The JSON file has all of them.</summary>
    public const int Most = 500;

    public static void Write(HtmlBuilder html, ReplayReport report, TimeScale scale)
    {
        if (report.Good)
        {
            return;
        }
        var told = report.Scans.Select(scan => scan.Line).ToHashSet();
        html.AddLine($"<section>").AddHeading("不符之处", "Mismatches").AddLine($"<ol class=\"mismatches\">");
        for (var index = 0; index < Math.Min(Most, report.Mismatches.Count); index++)
        {
            Write(html, index + 1, report.Mismatches[index], told, scale);
        }
        html.AddLine($"</ol>");
        if (report.Mismatches.Count > Most)
        {
            html.AddLine($"<p class=\"note\">另有 {report.Mismatches.Count - Most:N0} 处见 JSON 文件。<span "
                + $"lang=\"en\">{report.Mismatches.Count - Most:N0} more are in the JSON.</span></p>");
        }
        html.AddLine($"</section>");
    }

    private static void Write(HtmlBuilder html, int number, Mismatch mismatch, HashSet<long> told, TimeScale scale)
    {
        var (zh, en) = ReportWords.Of(mismatch.Kind);
        html.Add($"<li id=\"m{number}\"><h3><a href=\"#m{number}\">{number}</a> {zh} <span lang=\"en\">{en}</span>");
        if (mismatch.Member is { } member)
        {
            html.Add($" <code>{member}</code>");
        }
        html.Add($"</h3><p>");
        if (mismatch.At is { } at)
        {
            html.Add($"<time>{scale.TimeText(at)}</time> ");
        }
        if (mismatch.Facility is { } facility)
        {
            html.Add($"<a href=\"#f-{facility}\">{facility}</a> ");
        }
        if (mismatch.Driver is { } driver)
        {
            html.Add($"{driver}{(mismatch.Vehicle is > 0 ? $" · 车 vehicle {mismatch.Vehicle}" : "")} ");
        }
        foreach (var line in mismatch.Lines)
        {
            AddLine(html, line, told);
        }
        html.AddLine($"</p><p class=\"versus\"><span>应为 <i lang=\"en\">expected</i> <code>{mismatch.Expected}</code></span> <span>实为 <i "
            + $"lang=\"en\">found</i> <code class=\"bad\">{mismatch.Found}</code></span></p></li>");
    }

    /// <summary>Adds a line number of the trace, as a link if the page has the scan.</summary>
    public static void AddLine(HtmlBuilder html, long line, HashSet<long> told)
    {
        if (told.Contains(line))
        {
            html.Add($"<a href=\"#line-{line}\">行 line {line}</a> ");
        }
        else
        {
            html.Add($"行 line {line} ");
        }
    }
}

namespace Parking.Simulation.Replay.Report.Html;

/// <summary>How long decisions took.</summary>
internal static class LatencySection
{
    private const int Width = 1000, Height = 20, Middle = Height / 2;

    public static void Write(HtmlBuilder html, ReplayReport report)
    {
        if (report.Latency.Count == 0)
        {
            return;
        }
        var low = Math.Floor(Math.Log10(Math.Max(0.01, report.Latency.Min(row => row.P50))));
        var high = Math.Max(low + 1, Math.Ceiling(Math.Log10(Math.Max(0.1, report.Latency.Max(row => row.Max)))));
        html.AddLine($"<section>").AddHeading("响应时间", "Latency")
            .AddLine($"<p class=\"note\">毫秒，实钟，对数刻度：p50、p90、p99、p99.9、最大。<span lang=\"en\">Milliseconds on a real clock; the scale is "
                + $"logarithmic: p50, p90, p99, p99.9, max.</span></p>")
            .AddLine($"<div class=\"rows\">");
        foreach (var row in report.Latency)
        {
            Row(html, row, value => Math.Round((Math.Log10(Math.Max(value, Math.Pow(10, low))) - low) / (high - low) * Width, 1));
        }
        html.Add($"<div class=\"label\"></div><div class=\"axis\">");
        for (var decade = low; decade <= high; decade++)
        {
            html.Add($"<span style=\"left:{(decade - low) / (high - low) * 100:0.##}%\">{Length(Math.Pow(10, decade))}</span>");
        }
        html.AddLine($"</div></div>");
        Table(html, report.Latency);
        html.AddLine($"</section>");
    }

    private static void Row(HtmlBuilder html, LatencyRow row, Func<double, double> x)
    {
        var (zh, en) = ReportWords.Of(row.Kind);
        html.Add($"<div class=\"label lane\">{zh} <span lang=\"en\">{en}</span></div>")
            .Add($"<div class=\"plot lane tall\"><svg viewBox=\"0 0 {Width} {Height}\" preserveAspectRatio=\"none\" role=\"img\" "
                + $"aria-label=\"{en}\">")
            .Add($"<path class=\"range\" d=\"M{x(row.P50):0.#} {Middle}H{x(row.Max):0.#}\"/>");
        foreach (var (name, value) in new[] { ("p50", row.P50), ("p90", row.P90), ("p99", row.P99), ("p99.9", row.P999), ("max", row.Max) })
        {
            // A line of no length with round ends is a dot that stays round when the chart is stretched.
            html.Add($"<path class=\"dot {(name == "p99" ? "main" : "")}\" d=\"M{x(value):0.#} {Middle}h0\"><title>{name} {value:0.###} "
                + $"ms</title></path>");
        }
        html.AddLine($"</svg></div>");
    }

    private static void Table(HtmlBuilder html, IReadOnlyList<LatencyRow> rows)
    {
        html.Add($"<div class=\"scroll\"><table><thead><tr><th></th><th>次数 <span "
            + $"lang=\"en\">count</span></th><th>p50</th><th>p90</th><th>p99</th><th>p99.9</th><th>最大 <span "
                + $"lang=\"en\">max</span></th></tr></thead><tbody>");
        foreach (var row in rows)
        {
            var (zh, en) = ReportWords.Of(row.Kind);
            html.Add(
                $"<tr><th>{zh} <span lang=\"en\">{en}</span></th><td>{row.Count:N0}</td><td>{row.P50:#,0.0}</td><td>{row.P90:#,0.0}</td>")
                .AddLine($"<td><b>{row.P99:#,0.0}</b></td><td>{row.P999:#,0.0}</td><td>{row.Max:#,0.0}</td></tr>");
        }
        html.AddLine($"</tbody></table></div>");
    }

    private static string Length(double milliseconds) => milliseconds < 1000 ? $"{milliseconds:0.##} ms" : $"{milliseconds / 1000:#,0} s";
}

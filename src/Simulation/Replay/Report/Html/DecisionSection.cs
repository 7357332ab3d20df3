using Parking.GateProtocol;

namespace Parking.Simulation.Replay.Report.Html;

/// <summary>The number of decisions by reason.</summary>
internal static class DecisionSection
{
    private const int Width = 1000;

    public static void Write(HtmlBuilder html, ReplayReport report)
    {
        var most = Math.Max(1, report.Decisions.Select(row => row.Scans).DefaultIfEmpty(0).Max());
        html.AddLine($"<section>").AddHeading("决定与原因", "Decisions by reason")
            .Add($"<p class=\"legend\"><span><i class=\"key open\"></i>放行 <span lang=\"en\">open</span></span><span><i class=\"key "
                + $"refuse\"></i>拒绝 <span lang=\"en\">refuse</span></span>")
            .AddLine($"<span><i class=\"key alone\"></i>其中离线自决 <span lang=\"en\">of these, decided alone</span></span></p>")
            .AddLine($"<div class=\"rows\">");
        foreach (var row in report.Decisions.OrderByDescending(row => row.Scans))
        {
            var (zh, en) = row.Reason is { } reason ? (ReasonWords.Zh(reason), ReasonWords.En(reason)) : ("没有决定", "no decision");
            var style = row.Decision == GateDecision.Open ? "open" : "refuse";
            html.Add($"<div class=\"label lane\">{zh} <code>{en}</code></div><div class=\"bar\">")
                .Add($"<svg viewBox=\"0 0 {Width} 10\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{en}: {row.Scans}\"><path "
                    + $"class=\"{style}\" d=\"M0 0H{Share(row.Scans)}V10H0Z\"/>");
            if (row.Alone > 0)
            {
                html.Add($"<path class=\"alone\" d=\"M0 7H{Share(row.Alone)}V10H0Z\"/>");
            }
            html.Add($"</svg><b>{row.Scans:N0}</b>");
            if (row.Alone > 0)
            {
                html.Add($" <small>{row.Alone:N0} <span lang=\"en\">alone</span></small>");
            }
            html.AddLine($"</div>");
        }
        html.AddLine($"</div></section>");

        // A bar has a least width, so that a single decision is visible.
        double Share(int scans) => Math.Max(4, Math.Round((double)scans / most * Width, 1));
    }
}

namespace Parking.Simulation.Replay.Report.Html;

/// <summary>The checks and their results.</summary>
internal static class ChecksSection
{
    public static void Write(HtmlBuilder html, ReplayReport report)
    {
        html.AddLine($"<section>").AddHeading("核对", "Checks").AddLine($"<ul class=\"checks\">");
        foreach (var check in ReportChecks.Of(report))
        {
            var (mark, style) = check.Faults == 0 ? ("✔", "good") : ("✘", "bad");
            html.Add($"<li><b class=\"{style}\">{mark}</b><span>{check.Zh} <span lang=\"en\">{check.En}</span> ")
                .AddLine($"<small>{check.Evidence}</small></span><b class=\"{style} "
                    + $"count\">{(check.Faults == 0 ? "" : $"{check.Faults:N0}")}</b></li>");
        }
        html.AddLine($"</ul></section>");
    }
}

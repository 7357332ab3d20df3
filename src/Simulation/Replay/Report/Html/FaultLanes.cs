using NodaTime;

namespace Parking.Simulation.Replay.Report.Html;

/// <summary>The times of injected faults and of events other than scans, with one lane for each kind.</summary>
internal static class FaultLanes
{
    private const int Height = 10;

    /// <summary>Up to this number, each fault of a lane has its own tooltip.</summary>
    private const int MostSingle = 60;

    public static void Write(HtmlBuilder html, ReplayReport report, TimeScale scale)
    {
        foreach (var lane in report.Faults.GroupBy(fault => fault.Kind))
        {
            Lane(html, scale, "fault", lane.Key, [.. lane.Select(fault => (fault.At, fault.Until, Describe(fault, scale)))]);
        }
        foreach (var lane in report.Events.GroupBy(happened => happened.Kind))
        {
            Lane(
                html, scale, "event", lane.Key, [.. lane.Select(
                    happened => (happened.At, happened.At, $"{scale.TimeText(happened.At)} {happened.Gate} {happened.Detail}".TrimEnd()))]);
        }
    }

    private static string Describe(FaultSpan fault, TimeScale scale) => fault.Until > fault.At
        ? $"{scale.TimeText(fault.At)} – {scale.TimeText(fault.Until)} {fault.Gate} {fault.Detail}".TrimEnd()
        : $"{scale.TimeText(fault.At)} {fault.Gate} {fault.Detail}".TrimEnd();

    private static void Lane(
        HtmlBuilder html, TimeScale scale, string style, string kind, IReadOnlyList<(Instant At, Instant Until, string Text)> spans)
    {
        var (zh, en) = ReportWords.OfLane(kind);
        html.Add($"<div class=\"label lane\">{zh} <span lang=\"en\">{en}</span> <small>{spans.Count:N0}×</small></div>")
            .Add($"<div class=\"plot lane\"><svg viewBox=\"0 0 {TimeScale.Width} {Height}\" preserveAspectRatio=\"none\" role=\"img\" "
                + $"aria-label=\"{en}: {spans.Count}\">");
        if (spans.Count > MostSingle)
        {
            html.Add(
                $"<path class=\"{style}\" d=\"{SpanPath.Draw(spans.Select(span => (scale.X(span.At), scale.X(span.Until))), Height)}\"/>");
        }
        else
        {
            foreach (var (at, until, text) in spans)
            {
                html.Add(
                    $"<path class=\"{style}\" d=\"{SpanPath.Draw([(scale.X(at), scale.X(until))], Height)}\"><title>{text}</title></path>");
            }
        }
        html.AddLine($"</svg></div>");
    }
}

using NodaTime;
using Parking.Simulation.Replay.Verdict;

namespace Parking.Simulation.Replay.Report.Html;

/// <summary>The occupancy of one facility over time.</summary>
internal static class OccupancyPlot
{
    private const int Height = 100, MostMarks = 40;

    /// <summary>
    /// The largest ratio of capacity to highest occupancy for which the capacity line is drawn. With a larger ratio the curve would be too
    /// flat, so the capacity is given only as a number.
    /// </summary>
    private const int MostHeadroom = 3;

    /// <summary>The scale ends above the highest line, so that there is space for its label.</summary>
    private const double Headroom = 1.2;

    /// <summary>The least distance of two labels. Closer labels would overlap.</summary>
    private const int LeastApart = 18;

    /// <summary>The mismatches with a time, by facility, with their numbers on the page.</summary>
    public static ILookup<string, (int Number, Mismatch Mismatch)> MarksOf(ReplayReport report) => report.Mismatches
        .Take(MismatchSection.Most).Select((mismatch, index) => (Number: index + 1, Mismatch: mismatch))
        .Where(mark => mark.Mismatch is { Facility: not null, At: not null })
        .ToLookup(mark => mark.Mismatch.Facility!);

    public static void Write(
        HtmlBuilder html, FacilityReport facility, ReplayReport report, IEnumerable<(int Number, Mismatch Mismatch)> marks, TimeScale scale)
    {
        var highest = Math.Max(1, facility.Service.Concat(facility.Oracle).Select(point => point[1]).DefaultIfEmpty(0).Max());
        var showsCapacity = facility.Capacity <= highest * MostHeadroom;
        var top = (int)Math.Ceiling(Math.Max(highest, showsCapacity ? facility.Capacity : 0) * Headroom);
        var path = new StepPath(scale, Height, top);
        Label(html, facility, marks.Any() ? marks.First().Number : null);
        html.Add($"<div class=\"plot\"><svg viewBox=\"0 0 {TimeScale.Width} {Height}\" preserveAspectRatio=\"none\" role=\"img\" "
            + $"aria-label=\"{facility.Name.En}\">");
        foreach (var (x, _) in scale.Ticks())
        {
            html.Add($"<path class=\"grid\" d=\"M{x:0.#} 0V{Height}\"/>");
        }
        html.Add($"<path class=\"shade\" d=\"{Shade(report.Faults, facility.Id, scale)}\"/>")
            .Add($"<path class=\"oracle\" d=\"{path.Area(facility.Oracle)}\"/>")
            .Add($"<path class=\"service\" d=\"{path.Line(facility.Service)}\"/>");
        if (showsCapacity)
        {
            html.Add($"<path class=\"capacity\" d=\"M0 {path.Y(facility.Capacity):0.#}H{TimeScale.Width}\"/>");
        }
        foreach (var (number, mismatch) in marks.Take(MostMarks))
        {
            html.Add($"<a href=\"#m{number}\"><path class=\"wrong\" d=\"M{scale.X(mismatch.At!.Value):0.#} "
                + $"0V{Height}\"><title>{ReportWords.Of(mismatch.Kind).En} {number}</title></path></a>");
        }
        html.Add($"</svg>");
        if (showsCapacity)
        {
            YLabel(html, path, facility.Capacity, " capacity");
        }
        if (!showsCapacity || Math.Abs(path.Y(facility.Capacity) - path.Y(highest)) > LeastApart)
        {
            YLabel(html, path, highest, "");
        }
        html.AddLine($"</div>");
    }

    private static void Label(HtmlBuilder html, FacilityReport facility, int? firstMark)
    {
        var isRight = facility.Found == facility.Expected;
        html.Add($"<div class=\"label\" id=\"f-{facility.Id}\"><b>{facility.Name.Zh}</b> <span lang=\"en\">{facility.Name.En}</span>")
            .Add($"<small><code>{facility.Id}</code> 车位 {facility.Capacity:N0} · 最多 <span lang=\"en\">peak</span> {facility.Highest:N0} · "
                + $"末 <span lang=\"en\">end</span> ")
            .Add($"<b class=\"{(isRight ? "good" : "bad")}\">{(facility.Found is { } found ? $"{found:N0}" : "—")}</b>");
        if (!isRight)
        {
            html.Add($" ≠ {facility.Expected:N0}");
        }
        if (firstMark is { } number)
        {
            html.Add($" <a class=\"bad\" href=\"#m{number}\">✘</a>");
        }
        html.Add($"</small></div>");
    }

    private static void YLabel(HtmlBuilder html, StepPath path, long value, string style) =>
        html.Add($"<span class=\"y{style}\" style=\"top:{path.Y(value):0.#}%\">{value:N0}</span>");

    /// <summary>Faults that affected this facility or all facilities.</summary>
    private static string Shade(IReadOnlyList<FaultSpan> faults, string facility, TimeScale scale) => SpanPath.Draw(
        faults.Where(fault => fault.Until - fault.At >= Duration.FromSeconds(1) && (fault.Facility == facility || fault.Gate is null))
            .Select(fault => (scale.X(fault.At), scale.X(fault.Until))),
        Height);
}

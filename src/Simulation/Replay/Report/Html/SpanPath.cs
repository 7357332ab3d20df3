using System.Text;

namespace Parking.Simulation.Replay.Report.Html;

/// <summary>Draws spans of time as one path. Spans that overlap or are too close to distinguish are merged.</summary>
internal static class SpanPath
{
    /// <summary>The least width of a span, so that a span of no length is visible.</summary>
    private const double LeastWidth = 2;

    /// <param name="spans">Each from left to right, in any order.</param>
    /// <param name="height">Their height.</param>
    public static string Draw(IEnumerable<(double From, double To)> spans, int height)
    {
        var path = new StringBuilder();
        var (from, to) = (double.NaN, double.NaN);
        foreach (var span in spans.OrderBy(span => span.From))
        {
            var end = Math.Max(span.To, span.From + LeastWidth);
            if (span.From <= to)
            {
                to = Math.Max(to, end);
                continue;
            }
            Append();
            (from, to) = (span.From, end);
        }
        Append();
        return path.ToString();

        void Append()
        {
            if (!double.IsNaN(from))
            {
                path.Append($"M{from:0.#} 0H{to:0.#}V{height}H{from:0.#}Z");
            }
        }
    }
}

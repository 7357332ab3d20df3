using System.Text;

namespace Parking.Simulation.Replay.Report.Html;

/// <summary>Draws step curves as paths.</summary>
/// <param name="scale">The time axis.</param>
/// <param name="height">The chart's height.</param>
/// <param name="top">The value at the chart's upper edge, at least 1.</param>
internal sealed class StepPath(TimeScale scale, int height, int top)
{
    /// <summary>The y coordinate of a value.</summary>
    public double Y(long value) => Math.Round(height - (Math.Clamp((double)value / top, 0, 1) * height), 1);

    /// <summary>The curve as a line, interrupted where the value is unknown (−1).</summary>
    public string Line(IReadOnlyList<long[]> points)
    {
        var path = new StringBuilder();
        var isDrawing = false;
        foreach (var point in points)
        {
            var x = scale.X(point[0]);
            if (isDrawing)
            {
                path.Append($"H{x:0.#}");
            }
            if (point[1] >= 0)
            {
                path.Append(isDrawing ? $"V{Y(point[1]):0.#}" : $"M{x:0.#} {Y(point[1]):0.#}");
            }
            isDrawing = point[1] >= 0;
        }
        return isDrawing ? path.Append($"H{TimeScale.Width}").ToString() : path.ToString();
    }

    /// <summary>The area below a curve that begins with zero.</summary>
    public string Area(IReadOnlyList<long[]> points)
    {
        var path = new StringBuilder();
        path.Append($"M0 {height}");
        foreach (var point in points)
        {
            path.Append($"H{scale.X(point[0]):0.#}V{Y(point[1]):0.#}");
        }
        return path.Append($"H{TimeScale.Width}V{height}Z").ToString();
    }
}

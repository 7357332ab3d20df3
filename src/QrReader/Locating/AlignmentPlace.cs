using System.Runtime.Intrinsics;
using Parking.QrReader.Decoding;
using Parking.QrReader.Imaging;

namespace Parking.QrReader.Locating;

/// <summary>
/// A place that looks like the alignment pattern nearest the corner without a finder pattern. It determines the perspective.
/// </summary>
/// <param name="Right">The distance in modules to the right of its place in a symbol seen without perspective.</param>
/// <param name="Down">The distance in modules below that place.</param>
/// <param name="Score">The similarity to the pattern, reduced a little for every module of distance.</param>
internal readonly record struct AlignmentPlace(float Right, float Down, float Score)
{
    private const float LeastScore = 0.45f;
    private const float CostOfDistance = 0.006f;

    /// <summary>The pattern: a dark module, a light ring of eight modules, a dark ring of sixteen.</summary>
    private const int Radius = 2, DarkModules = 17, LightModules = 8;

    /// <summary>The distance between tried places, in modules.</summary>
    private const float Step = 0.5f;

    /// <summary>The average cost of a place in looks: five points at every place, all twenty-five at some.</summary>
    private const int SamplesAtPlace = 10;

    /// <summary>Places nearer to each other than this, in modules, count as one.</summary>
    private const float Apart = 1.6f;

    /// <summary>Fills <paramref name="places"/> with at most <paramref name="most"/> places, best first.</summary>
    public static void Search(SampledView view, in SymbolAxes axes, SymbolLayout layout, int most, List<AlignmentPlace> places)
    {
        places.Clear();
        var (right, down) = axes.Steps(layout);
        var straight = axes.FarAnchor(layout, 0, 0);
        // In a larger symbol, perspective moves the pattern farther.
        var reach = MathF.Round(3 + (layout.Size * 0.16f));
        Span<float> scores = stackalloc float[Vector256<float>.Count];
        for (var j = -reach; j <= reach; j += Step)
        {
            for (var i = -reach; i <= reach; i += Step * scores.Length)
            {
                var along = Vector256.CreateSequence(i, Step);
                var x = Vector256.Create(straight.X + (j * down.X)) + (along * right.X);
                var y = Vector256.Create(straight.Y + (j * down.Y)) + (along * right.Y);
                if (!TryScore(view, x, y, right, down, scores))
                {
                    continue;
                }
                for (var k = 0; k < scores.Length && i + (k * Step) <= reach; k++)
                {
                    var distance = MathF.Abs(i + (k * Step)) + MathF.Abs(j);
                    // The pose without perspective is tried anyway.
                    if (scores[k] > LeastScore && distance >= Apart)
                    {
                        new AlignmentPlace(i + (k * Step), j, scores[k] - (distance * CostOfDistance)).KeepAmong(places, most);
                    }
                }
            }
        }
        view.Effort.Spend((long)(4 * reach * reach / (Step * Step)) * SamplesAtPlace);
        places.Sort(static (a, b) => b.Score.CompareTo(a.Score));
    }

    /// <summary>Replaces worse places near this one, or the worst of all.</summary>
    private void KeepAmong(List<AlignmentPlace> places, int most)
    {
        foreach (var place in places)
        {
            if (IsNear(place) && place.Score >= Score)
            {
                return;
            }
        }
        for (var i = places.Count - 1; i >= 0; i--)
        {
            if (IsNear(places[i]))
            {
                places.RemoveAt(i);
            }
        }
        if (places.Count < most)
        {
            places.Add(this);
            return;
        }
        var worst = 0;
        for (var i = 1; i < places.Count; i++)
        {
            worst = places[i].Score < places[worst].Score ? i : worst;
        }
        if (places[worst].Score < Score)
        {
            places[worst] = this;
        }
    }

    private bool IsNear(AlignmentPlace other) => MathF.Abs(Right - other.Right) + MathF.Abs(Down - other.Down) < Apart;

    /// <summary>
    /// The similarity of eight places to the pattern. Returns false early if no centre differs from its ring in the right direction.
    /// </summary>
    private static bool TryScore(
        SampledView view, Vector256<float> x, Vector256<float> y, FramePoint right, FramePoint down, Span<float> scores)
    {
        Vector256<float> Sample(int i, int j) => view.Image.Sample(
            x + Vector256.Create((i * right.X) + (j * down.X)), y + Vector256.Create((i * right.Y) + (j * down.Y)));
        var middle = Sample(0, 0);
        var ring = (Sample(-1, 0) + Sample(1, 0) + Sample(0, -1) + Sample(0, 1)) * 0.25f;
        var isPattern = view.IsInverted ? Vector256.GreaterThan(middle, ring) : Vector256.LessThan(middle, ring);
        if (isPattern == Vector256<float>.Zero)
        {
            return false;
        }
        Vector256<float> dark = default, light = default, squares = default;
        for (var j = -Radius; j <= Radius; j++)
        {
            for (var i = -Radius; i <= Radius; i++)
            {
                var brightness = Sample(i, j);
                squares += brightness * brightness;
                if (SymbolLayout.IsAlignmentDark(i, j))
                {
                    dark += brightness;
                }
                else
                {
                    light += brightness;
                }
            }
        }
        var contrast = PatternContrast.Value(dark, DarkModules, light, LightModules, squares);
        (Vector256.ConditionalSelect(isPattern, view.IsInverted ? -contrast : contrast, Vector256<float>.Zero)).CopyTo(scores);
        return true;
    }
}

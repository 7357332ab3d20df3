using Parking.QrReader.Decoding;
using Parking.QrReader.Imaging;

namespace Parking.QrReader.Locating;

/// <summary>A place that looks like the alignment pattern nearest the corner without a finder pattern: it says how the perspective runs.</summary>
/// <param name="Right">Modules to the right of where it would be, were the symbol seen straight on.</param>
/// <param name="Down">Modules below it.</param>
/// <param name="Score">How much it looks like the pattern, less a little for every module it is away.</param>
internal readonly record struct AlignmentPlace(float Right, float Down, float Score)
{
    private const float LeastScore = 0.45f;
    private const float CostOfDistance = 0.006f;

    /// <summary>Places nearer to each other than this, in modules, are one.</summary>
    private const float Apart = 1.6f;

    /// <summary>Fills <paramref name="places"/> with up to <paramref name="most"/> places, the best first.</summary>
    public static void Search(
        GreyImage image, bool inverted, in SymbolAxes axes, SymbolLayout layout, int most, List<AlignmentPlace> places)
    {
        places.Clear();
        var seen = new List<AlignmentPlace>();
        var (right, down) = axes.Steps(layout);
        // The farther from the finder patterns, the more a perspective can move it.
        var reach = MathF.Round(3 + (layout.Size * 0.16f));
        for (var i = -reach; i <= reach; i += 0.5f)
        {
            for (var j = -reach; j <= reach; j += 0.5f)
            {
                var score = ScoreAt(image, inverted, axes.FarAnchor(layout, i, j), right, down);
                if (score > LeastScore)
                {
                    seen.Add(new AlignmentPlace(i, j, score - ((MathF.Abs(i) + MathF.Abs(j)) * CostOfDistance)));
                }
            }
        }
        seen.Sort(static (a, b) => b.Score.CompareTo(a.Score));
        foreach (var place in seen)
        {
            if (places.Count == most)
            {
                break;
            }
            if (place.IsApartFrom(places))
            {
                places.Add(place);
            }
        }
    }

    private bool IsApartFrom(List<AlignmentPlace> others)
    {
        // Straight on is tried anyway.
        if (MathF.Abs(Right) + MathF.Abs(Down) < Apart)
        {
            return false;
        }
        foreach (var other in others)
        {
            if (MathF.Abs(Right - other.Right) + MathF.Abs(Down - other.Down) < Apart)
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>How much a place looks like the pattern; 0 at once where its middle is not the darker side of its ring.</summary>
    private static float ScoreAt(GreyImage image, bool inverted, FramePoint centre, FramePoint right, FramePoint down)
    {
        float Sample(int i, int j) => image.Sample(centre.X + (i * right.X) + (j * down.X), centre.Y + (i * right.Y) + (j * down.Y));
        var middle = Sample(0, 0);
        var ring = (Sample(-1, 0) + Sample(1, 0) + Sample(0, -1) + Sample(0, 1)) / 4;
        if (inverted ? middle <= ring : middle >= ring)
        {
            return 0;
        }
        var contrast = new PatternContrast();
        for (var j = -2; j <= 2; j++)
        {
            for (var i = -2; i <= 2; i++)
            {
                contrast.Add(Sample(i, j), SymbolLayout.IsAlignmentDark(i, j) != inverted);
            }
        }
        return contrast.Value();
    }
}

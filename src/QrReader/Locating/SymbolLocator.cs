using Parking.QrReader.Decoding;
using Parking.QrReader.Imaging;

namespace Parking.QrReader.Locating;

/// <summary>From three finder patterns to the poses a symbol may have: which version, and where its fourth corner lies.</summary>
internal static class SymbolLocator
{
    /// <summary>The three finder patterns together must look at least this much like finder patterns (3 would be perfect).</summary>
    private const float LeastCornerScore = 1.5f;

    /// <summary>Places of the far alignment pattern tried for each version.</summary>
    private const int MostPlaces = 4;

    /// <summary>Whether the three patterns look like finder patterns at all, turned the way the symbol would be.</summary>
    public static bool IsCorner(GreyImage image, bool inverted, in SymbolAxes axes) => axes.CornerScore(image, inverted) >= LeastCornerScore;

    /// <summary>Fills <paramref name="fits"/> with the poses of a symbol seen straight on, one for each likely version, the best first.</summary>
    public static void LocateStraight(GreyImage image, bool inverted, in SymbolAxes axes, List<PoseFit> fits)
    {
        fits.Clear();
        var (first, last) = LikelyVersions(axes);
        for (var version = first; version <= last; version++)
        {
            AddFit(image, inverted, axes, SymbolLayout.For(version), right: 0, down: 0, fits);
        }
        fits.Sort(static (a, b) => b.Score.CompareTo(a.Score));
    }

    /// <summary>
    /// Fills <paramref name="fits"/> with poses in perspective, the best first: the fourth corner follows from any place that looks like the
    /// alignment pattern there. Straight poses stay among them.
    /// </summary>
    public static void LocateByAlignment(GreyImage image, bool inverted, in SymbolAxes axes, List<PoseFit> fits)
    {
        LocateStraight(image, inverted, axes, fits);
        var (first, last) = LikelyVersions(axes);
        var places = new List<AlignmentPlace>();
        // Version 1 has no alignment pattern.
        for (var version = Math.Max(first, SymbolLayout.MinVersion + 1); version <= last; version++)
        {
            var layout = SymbolLayout.For(version);
            AlignmentPlace.Search(image, inverted, axes, layout, MostPlaces, places);
            foreach (var place in places)
            {
                AddFit(image, inverted, axes, layout, place.Right, place.Down, fits);
            }
        }
        fits.Sort(static (a, b) => b.Score.CompareTo(a.Score));
    }

    /// <summary>The estimate can be off by a few versions, the more the larger the symbol: it counts modules by three of them.</summary>
    private static (int First, int Last) LikelyVersions(in SymbolAxes axes)
    {
        var estimate = Math.Clamp((int)MathF.Round(axes.EstimateVersion()), SymbolLayout.MinVersion, SymbolLayout.MaxVersion);
        var spread = 2 + (estimate / 6);
        return (Math.Max(SymbolLayout.MinVersion, estimate - spread), Math.Min(SymbolLayout.MaxVersion, estimate + spread));
    }

    private static void AddFit(
        GreyImage image, bool inverted, in SymbolAxes axes, SymbolLayout layout, float right, float down, List<PoseFit> fits)
    {
        Span<FramePoint> anchors = stackalloc FramePoint[4];
        layout.CopyAnchors(anchors);
        ReadOnlySpan<FramePoint> pixels = [axes.TopLeft, axes.TopRight, axes.BottomLeft, axes.FarAnchor(layout, right, down)];
        if (Homography.TryBetween(anchors, pixels, out var pose))
        {
            fits.Add(PoseFit.Measure(image, layout, pose, inverted));
        }
    }
}

using Parking.QrReader.Decoding;
using Parking.QrReader.Imaging;

namespace Parking.QrReader.Locating;

/// <summary>From three finder patterns to the poses a symbol may have: which version, and where its fourth corner lies.</summary>
internal static class SymbolLocator
{
    /// <summary>The three finder patterns together must look at least this much like finder patterns (3 would be perfect).</summary>
    private const float LeastCornerScore = 1.5f;

    /// <summary>Places of the far alignment pattern tried for each version.</summary>
    private const int MostPlaces = 5;

    /// <summary>Fills <paramref name="fits"/> with poses for the triple, the best first; with none where it is no symbol.</summary>
    public static void Locate(GreyImage image, bool inverted, in CornerTriple triple, List<PoseFit> fits)
    {
        fits.Clear();
        var frame = new SymbolAxes(triple);
        if (frame.CornerScore(image, inverted) < LeastCornerScore)
        {
            return;
        }
        var estimate = Math.Clamp((int)MathF.Round(frame.EstimateVersion()), SymbolLayout.MinVersion, SymbolLayout.MaxVersion);
        var spread = 2 + (estimate / 6);
        var first = Math.Max(SymbolLayout.MinVersion, estimate - spread);
        var last = Math.Min(SymbolLayout.MaxVersion, estimate + spread);
        var places = new List<AlignmentPlace>();
        for (var version = first; version <= last; version++)
        {
            AddFits(image, inverted, frame, SymbolLayout.For(version), places, fits);
        }
        fits.Sort(static (a, b) => b.Score.CompareTo(a.Score));
    }

    private static void AddFits(
        GreyImage image, bool inverted, in SymbolAxes axes, SymbolLayout layout, List<AlignmentPlace> places, List<PoseFit> fits)
    {
        places.Clear();
        if (layout.Version > 1)
        {
            AlignmentPlace.Search(image, inverted, axes, layout, MostPlaces - 1, places);
        }
        // The place that a symbol seen straight on would have is always tried: the pattern may be hidden, and version 1 has none.
        places.Insert(0, new AlignmentPlace(0, 0, 0));

        Span<FramePoint> anchors = stackalloc FramePoint[4];
        layout.CopyAnchors(anchors);
        Span<FramePoint> pixels = stackalloc FramePoint[4];
        (pixels[0], pixels[1], pixels[2]) = (axes.TopLeft, axes.TopRight, axes.BottomLeft);
        foreach (var place in places)
        {
            pixels[3] = axes.FarAnchor(layout, place.Right, place.Down);
            if (Homography.TryBetween(anchors, pixels, out var pose))
            {
                fits.Add(PoseFit.Measure(image, layout, pose, inverted));
            }
        }
    }
}

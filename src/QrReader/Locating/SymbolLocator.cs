using Parking.QrReader.Decoding;
using Parking.QrReader.Sampling;

namespace Parking.QrReader.Locating;

/// <summary>From three finder patterns to the poses a symbol may have: which version, and where its fourth corner lies.</summary>
internal sealed class SymbolLocator
{
    /// <summary>Places of the far alignment pattern tried for each version.</summary>
    private const int MostPlaces = 4;

    private readonly List<AlignmentPlace> _places = [];
    private readonly List<PoseFit> _straight = [];
    private readonly List<PoseFit> _fits = [];

    /// <summary>The poses of a symbol seen straight on, one for each likely version, the best first. Good until the locator is asked again.</summary>
    public List<PoseFit> LocateStraight(SampledView view, in SymbolAxes axes)
    {
        _straight.Clear();
        var (first, last) = LikelyVersions(axes);
        for (var version = first; version <= last; version++)
        {
            AddFit(Fit(view, axes, SymbolLayout.For(version), right: 0, down: 0), _straight);
        }
        _straight.Sort(static (a, b) => b.Score.CompareTo(a.Score));
        return _straight;
    }

    /// <summary>
    /// Poses in perspective, the best first: the fourth corner follows from any place that looks like the alignment pattern there. Good until
    /// the locator is asked again.
    /// </summary>
    /// <param name="view">The view.</param>
    /// <param name="axes">The corner.</param>
    /// <param name="straight">The straight poses of the versions to look for; they stay among the poses.</param>
    public List<PoseFit> LocateByAlignment(SampledView view, in SymbolAxes axes, ReadOnlySpan<PoseFit> straight)
    {
        _fits.Clear();
        foreach (var fit in straight)
        {
            _fits.Add(fit);
            if (!fit.Layout.HasAlignmentPatterns || view.Effort.IsSpent)
            {
                continue;
            }
            AlignmentPlace.Search(view, axes, fit.Layout, MostPlaces, _places);
            foreach (var place in _places)
            {
                AddFit(Fit(view, axes, fit.Layout, place.Right, place.Down), _fits);
            }
        }
        _fits.Sort(static (a, b) => b.Score.CompareTo(a.Score));
        return _fits;
    }

    private static void AddFit(PoseFit? fit, List<PoseFit> fits)
    {
        if (fit is { } found)
        {
            fits.Add(found);
        }
    }

    /// <summary>The estimate can be off by a few versions, the more the larger the symbol: it counts modules by three of them.</summary>
    private static (int First, int Last) LikelyVersions(in SymbolAxes axes)
    {
        var estimate = Math.Clamp((int)MathF.Round(axes.EstimateVersion()), SymbolLayout.MinVersion, SymbolLayout.MaxVersion);
        var spread = 2 + (estimate / 6);
        return (Math.Max(SymbolLayout.MinVersion, estimate - spread), Math.Min(SymbolLayout.MaxVersion, estimate + spread));
    }

    private static PoseFit? Fit(SampledView view, in SymbolAxes axes, SymbolLayout layout, float right, float down)
    {
        Span<FramePoint> anchors = stackalloc FramePoint[4];
        layout.CopyAnchors(anchors);
        ReadOnlySpan<FramePoint> pixels = [axes.TopLeft, axes.TopRight, axes.BottomLeft, axes.FarAnchor(layout, right, down)];
        return Homography.TryBetween(anchors, pixels, out var pose) ? PoseFit.Measure(view, layout, pose) : null;
    }
}

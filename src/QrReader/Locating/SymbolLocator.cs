using Parking.QrReader.Decoding;
using Parking.QrReader.Imaging;

namespace Parking.QrReader.Locating;

/// <summary>Computes the possible poses of a symbol from three finder patterns: its version, and the place of its fourth corner.</summary>
internal sealed class SymbolLocator
{
    /// <summary>The number of places of the far alignment pattern tried for each version.</summary>
    private const int MostPlaces = 4;

    private readonly List<AlignmentPlace> _places = [];
    private readonly List<PoseFit> _straight = [];
    private readonly List<PoseFit> _fits = [];

    /// <summary>The poses without perspective, one for each likely version, best first. The list is valid until the next call.</summary>
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
    /// The poses in perspective, best first. Each place that looks like the far alignment pattern gives a fourth corner. The list is valid
    /// until the next call.
    /// </summary>
    /// <param name="view">The view.</param>
    /// <param name="axes">The corner.</param>
    /// <param name="straight">The poses without perspective of the versions to try; the result includes them.</param>
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

    /// <summary>
    /// The error of the estimate grows with the version, because it extrapolates from the module widths of three patterns.
    /// </summary>
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

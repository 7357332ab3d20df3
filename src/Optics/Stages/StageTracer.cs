using Parking.Optics.Images;
using Parking.QrReader;
using Parking.QrReader.Imaging;
using Parking.QrReader.Locating;
using Parking.QrReader.Sampling;

namespace Parking.Optics.Stages;

/// <summary>Runs the reader's steps on one frame, view by view, and records the result of each step.</summary>
internal sealed class StageTracer
{
    private readonly GreyPicture _frame;
    private readonly FrameViews _views = new();
    private readonly DarkPlane _plane = new();
    private readonly SymbolLocator _locator = new();
    private readonly SymbolSampler _sampler = new();
    private readonly Effort _effort = new();

    public StageTracer(GreyPicture frame)
    {
        _frame = frame;
        _views.Begin(frame.AsFrame());
        _effort.Begin(long.MaxValue);
    }

    /// <summary>Runs the steps on the next view.</summary>
    /// <param name="index">The number of the view. Call with 0, 1, 2 and so on.</param>
    /// <param name="best">The best result of the views before.</param>
    /// <returns>The best result up to now.</returns>
    public ReaderStages LookAt(int index, ReaderStages? best)
    {
        var view = _views.Make(index);
        var sampled = new SampledView(view.Sampled, view.IsInverted, _effort);
        if (view.IsNewSample && best?.Pose is { } located && _sampler.Read(sampled, located, out var again) is { } reading)
        {
            return WithPose(best, sampled, index, again, reading);
        }

        var patterns = FindPatterns(view, sampled);
        var found = new ReaderStages { Frame = _frame, SearchedView = index, Plane = ToPicture(_plane), Patterns = patterns };
        var stages = Locate(found, Corners(sampled, patterns), sampled);
        if (stages.Traced is null)
        {
            var two = Locate(found with { HasHiddenPattern = true }, HalfHidden(sampled, patterns), sampled);
            stages = two.Traced is not null || two.Reached > stages.Reached ? two : stages;
        }
        return best is null || stages.Traced is not null || stages.Reached > best.Reached ? stages : best;
    }

    private List<FinderPattern> FindPatterns(FrameView view, SampledView sampled)
    {
        var patterns = new List<FinderPattern>();
        _plane.Threshold(view.Searched, view.IsInverted);
        FinderSearch.FindAll(_plane, patterns, sampled.Effort);
        return [.. patterns.Select(pattern => pattern with { Likeness = PatternCircle.Likeness(sampled, pattern) }).OrderByDescending(
            static pattern => pattern.Likeness)];
    }

    private static List<CornerTriple> Corners(SampledView view, List<FinderPattern> patterns)
    {
        var triples = new List<CornerTriple>();
        CornerTriple.Rank(patterns, SymbolSearch.MostPatterns, triples);
        return [.. triples.Where(triple => new SymbolAxes(triple).IsCorner(view)).Take(SymbolSearch.MostCorners)];
    }

    /// <summary>
    /// The best corner that two patterns can form with an assumed third, judged by its pose without perspective; empty if there is none.
    /// </summary>
    private List<CornerTriple> HalfHidden(SampledView view, List<FinderPattern> patterns)
    {
        var corners = new List<CornerTriple>();
        PartialCorner.Complete(patterns, corners);
        return [.. corners.OrderByDescending(ScoreOf).Take(1)];

        double ScoreOf(CornerTriple corner) => _locator.LocateStraight(view, new SymbolAxes(corner)) is [var best, ..] ? best.Score : 0;
    }

    /// <summary>Returns the first corner and pose that can be read. If none can be read, returns those with the best score.</summary>
    private ReaderStages Locate(ReaderStages found, List<CornerTriple> corners, SampledView view)
    {
        var best = found;
        foreach (var corner in corners)
        {
            foreach (var pose in Poses(view, corner, found.HasHiddenPattern))
            {
                var reading = _sampler.Read(view, pose, out var refined);
                if (reading is null && refined.Score <= best.Reached)
                {
                    continue;
                }
                best = WithPose(found with { Corner = corner }, view, found.SearchedView, refined, reading);
                if (reading is not null)
                {
                    return best;
                }
            }
        }
        return best;
    }

    /// <summary>
    /// The poses to try, the pose without perspective first. If one pattern is hidden it is the only pose, because two patterns do not
    /// determine a perspective.
    /// </summary>
    private IEnumerable<PoseFit> Poses(SampledView view, CornerTriple corner, bool isHidden)
    {
        var axes = new SymbolAxes(corner);
        PoseFit[] straight = [.. _locator.LocateStraight(view, axes)];
        var poses = isHidden
            ? straight.Take(1)
            : straight.Take(1).Concat(_locator.LocateByAlignment(view, axes, straight).Take(SymbolSearch.MostPoses));
        return [.. poses.Where(static pose => pose.Score >= SymbolSearch.LeastScore)];
    }

    private static ReaderStages WithPose(ReaderStages stages, SampledView view, int index, PoseFit pose, SymbolReading? reading)
    {
        var grid = new ModuleGrid();
        grid.Sample(view, pose);
        grid.Threshold(deblur: 0);
        return stages with { Pose = pose, SampledView = index, Sampled = ToPicture(view.Image), Grid = grid, Traced = reading };
    }

    private static GreyPicture ToPicture(GreyImage image) => new(image.Width, image.Height, image.Pixels.ToArray());

    private static GreyPicture ToPicture(DarkPlane plane)
    {
        var pixels = new byte[plane.Width * plane.Height];
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = plane.TryGet(i % plane.Width, i / plane.Width, out var dark) && dark ? (byte)0 : byte.MaxValue;
        }
        return new GreyPicture(plane.Width, plane.Height, pixels);
    }
}

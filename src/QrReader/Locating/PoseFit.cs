using System.Runtime.Intrinsics;
using Parking.QrReader.Decoding;
using Parking.QrReader.Imaging;

namespace Parking.QrReader.Locating;

/// <summary>
/// A possible pose of a symbol of one version, and how well the modules that the version determines agree with the picture.
/// </summary>
internal readonly record struct PoseFit(SymbolLayout Layout, Homography Pose, float Score)
{
    /// <summary>The least score of a symbol's pose after refining.</summary>
    public const float LeastScore = 0.55f;

    /// <summary>The first and last step by which anchors are moved, in modules.</summary>
    private const float LargestStep = 0.6f, SmallestStep = 0.07f;

    /// <summary>
    /// The least scores after the first and the second step size. Of poses that could be read in the end, none scored below 0.64 and 0.82;
    /// half of the others stay below 0.45.
    /// </summary>
    private static readonly float[] LeastScores = [0.4f, LeastScore];

    private static readonly float[] Directions = [1, -1];

    /// <summary>The centre of the symbol in the picture.</summary>
    public FramePoint Middle => Pose.Map(Layout.Size / 2.0, Layout.Size / 2.0);

    /// <summary>Whether the centres of two poses are within three modules of each other.</summary>
    public bool IsNear(PoseFit other)
    {
        FramePoint middle = Middle, theirs = other.Middle, next = Pose.Map((Layout.Size / 2.0) + 3, Layout.Size / 2.0);
        return middle.DistanceTo(theirs) < middle.DistanceTo(next);
    }

    /// <summary>
    /// Compares the modules of the finder, timing and alignment patterns and of the version information with the picture.
    /// </summary>
    public static PoseFit Measure(SampledView view, SymbolLayout layout, in Homography pose) =>
        new(layout, pose, Correlate(view, layout, pose));

    /// <summary>
    /// Moves the four anchors (three finder patterns and the far alignment pattern) in decreasing steps while that improves the score.
    /// Stops early if the score is too low for a symbol.
    /// </summary>
    public PoseFit Refine(SampledView view)
    {
        Span<FramePoint> anchors = stackalloc FramePoint[4];
        Layout.CopyAnchors(anchors);
        Span<FramePoint> pixels = stackalloc FramePoint[4];
        for (var i = 0; i < 4; i++)
        {
            pixels[i] = Pose.Map(anchors[i].X, anchors[i].Y);
        }
        var middle = Layout.Size / 2.0;
        FramePoint centre = Pose.Map(middle, middle), next = Pose.Map(middle + 1, middle);
        var module = centre.DistanceTo(next);

        var best = this;
        var round = 0;
        for (var step = module * LargestStep; step > module * SmallestStep; step *= 0.55f, round++)
        {
            for (var turn = 0; turn < 4; turn++)
            {
                var before = best.Score;
                best = best.MoveEachAnchor(view, anchors, pixels, step);
                if (best.Score <= before)
                {
                    break;
                }
            }
            if (best.Score < LeastScores[Math.Min(round, LeastScores.Length - 1)])
            {
                break;
            }
        }
        return best;
    }

    private PoseFit MoveEachAnchor(SampledView view, ReadOnlySpan<FramePoint> anchors, Span<FramePoint> pixels, float step)
    {
        var best = this;
        // The far corner first: it is the least certain.
        for (var i = 7; i >= 0; i--)
        {
            foreach (var direction in Directions)
            {
                ref var point = ref pixels[i / 2];
                var kept = point;
                point = i % 2 == 0 ? point with { X = point.X + (direction * step) } : point with { Y = point.Y + (direction * step) };
                if (Homography.TryBetween(anchors, pixels, out var pose))
                {
                    var moved = Measure(view, Layout, pose);
                    if (moved.Score > best.Score + 5e-5f)
                    {
                        best = moved;
                        break;
                    }
                }
                point = kept;
            }
        }
        return best;
    }

    private static float Correlate(SampledView view, SymbolLayout layout, in Homography pose)
    {
        var contrast = new PatternContrast();
        AddModules(view, pose, layout.DarkModules, view.ShowsDark(true), ref contrast);
        AddModules(view, pose, layout.LightModules, view.ShowsDark(false), ref contrast);
        view.Effort.Spend(layout.KnownCount);
        return contrast.Value();
    }

    private static void AddModules(SampledView view, in Homography pose, ModuleCentres modules, bool dark, ref PatternContrast contrast)
    {
        ReadOnlySpan<float> x = modules.X, y = modules.Y;
        var i = 0;
        for (; i <= x.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            var (column, row) = pose.Map(Vector256.Create(x[i..]), Vector256.Create(y[i..]));
            contrast.Add(view.Image.Sample(column, row), dark);
        }
        for (; i < x.Length; i++)
        {
            var point = pose.Map(x[i], y[i]);
            contrast.Add(view.Image.Sample(point.X, point.Y), dark);
        }
    }
}

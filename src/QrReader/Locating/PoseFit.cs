using Parking.QrReader.Decoding;
using Parking.QrReader.Imaging;

namespace Parking.QrReader.Locating;

/// <summary>How a symbol of one version may lie in the picture, and how well the modules known from the version alone agree with that.</summary>
internal readonly record struct PoseFit(SymbolLayout Layout, Homography Pose, float Score)
{
    private static readonly float[] Directions = [1, -1];

    /// <summary>Compares finder, timing, alignment and version modules with the picture.</summary>
    public static PoseFit Measure(GreyImage image, SymbolLayout layout, in Homography pose, bool inverted) =>
        new(layout, pose, Correlate(image, layout, pose, inverted));

    /// <summary>
    /// Moves four points of the symbol, the three finder patterns and the place of the far alignment pattern, in steps that grow smaller, as
    /// long as that improves the score.
    /// </summary>
    public PoseFit Refine(GreyImage image, bool inverted)
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
        var module = MathF.Sqrt(((next.X - centre.X) * (next.X - centre.X)) + ((next.Y - centre.Y) * (next.Y - centre.Y)));

        var best = this;
        for (var step = module * 0.6f; step > module * 0.07f; step *= 0.55f)
        {
            for (var round = 0; round < 4; round++)
            {
                var before = best.Score;
                best = best.MoveEachAnchor(image, inverted, anchors, pixels, step);
                if (best.Score <= before)
                {
                    break;
                }
            }
        }
        return best;
    }

    private PoseFit MoveEachAnchor(GreyImage image, bool inverted, ReadOnlySpan<FramePoint> anchors, Span<FramePoint> pixels, float step)
    {
        var best = this;
        // The far corner first: it is the least well known.
        for (var i = 7; i >= 0; i--)
        {
            foreach (var direction in Directions)
            {
                ref var point = ref pixels[i / 2];
                var kept = point;
                point = i % 2 == 0 ? point with { X = point.X + (direction * step) } : point with { Y = point.Y + (direction * step) };
                if (Homography.TryBetween(anchors, pixels, out var pose))
                {
                    var moved = Measure(image, Layout, pose, inverted);
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

    private static float Correlate(GreyImage image, SymbolLayout layout, in Homography pose, bool inverted)
    {
        var contrast = new PatternContrast();
        foreach (var module in layout.KnownModules)
        {
            var point = pose.Map(module.X + 0.5, module.Y + 0.5);
            contrast.Add(image.Sample(point.X, point.Y), module.Dark != inverted);
        }
        return contrast.Value();
    }
}

using System.Numerics;
using Parking.ScannerSim.Images;

namespace Parking.ScannerSim.Optics;

/// <summary>
/// Takes pictures of symbols as a gate's camera would: 640×480 pixels, 8-bit grey. A frame is settled by the seed, the distortion and its
/// index: the same three give the same bytes, and no frame depends on which others were taken. Safe to use from several threads.
/// </summary>
internal sealed class Camera(long seed)
{
    public const int Width = 640;
    public const int Height = 480;

    private const float Ink = 18, Paper = 238, MiddleGrey = 128;

    /// <summary>Points looked at across a pixel, both ways: a pixel on an edge is grey.</summary>
    private const int Samples = 3;

    /// <summary>Takes one picture of a symbol in front of clutter.</summary>
    public GreyPicture Photograph(SymbolPattern symbol, Distortion distortion, int index)
    {
        var random = new SeededRandom(seed, distortion.Name, index);
        var pose = SymbolPose.Draw(symbol.FullSize, distortion, Width, Height, random);
        var plane = new LightPlane(Width, Height);
        Clutter.Paint(plane, random);
        PaintSymbol(plane, symbol, pose, distortion.IsInverted);
        Expose(plane, distortion, pose, random);
        return Finish(plane, distortion);
    }

    /// <summary>Takes one picture of clutter alone.</summary>
    public GreyPicture PhotographClutter(Distortion distortion, int index)
    {
        var random = new SeededRandom(seed, $"clutter {distortion.Name}", index);
        var pose = SymbolPose.Draw(50, distortion, Width, Height, random);
        var plane = new LightPlane(Width, Height);
        Clutter.Paint(plane, random);
        Expose(plane, distortion, pose, random);
        return Finish(plane, distortion);
    }

    /// <summary>Light, lens and sensor, in the order the light meets them.</summary>
    private static void Expose(LightPlane plane, Distortion distortion, SymbolPose pose, SeededRandom random)
    {
        var contrast = distortion.Contrast;
        for (var y = 0; contrast < 1 && y < plane.Height; y++)
        {
            foreach (ref var light in plane.Row(y))
            {
                light = MiddleGrey + ((light - MiddleGrey) * contrast);
            }
        }
        AddGradient(plane, distortion.Gradient, random);
        AddGlare(plane, distortion.Glare, pose, random);
        plane.Blur(distortion.Blur);
        AddMoire(plane, distortion.Moire, random);
        plane.AddNoise(distortion.Noise, random);
    }

    private static GreyPicture Finish(LightPlane plane, Distortion distortion) =>
        distortion.JpegQuality is { } quality ? plane.Develop().ThroughJpeg(quality) : plane.Develop();

    private static void PaintSymbol(LightPlane plane, SymbolPattern symbol, SymbolPose pose, bool inverted)
    {
        var projection = new Projection(pose.TopLeft, pose.TopRight, pose.BottomRight, pose.BottomLeft);
        var (ink, paper) = inverted ? (Paper, Ink) : (Ink, Paper);
        Vector2 low = pose.Lowest, high = pose.Highest;
        for (var y = Math.Max(0, (int)low.Y); y < Math.Min(plane.Height, high.Y + 1); y++)
        {
            var row = plane.Row(y);
            for (var x = Math.Max(0, (int)low.X); x < Math.Min(plane.Width, high.X + 1); x++)
            {
                int hits = 0, dark = 0;
                for (var sample = 0; sample < Samples * Samples; sample++)
                {
                    var point = projection.ToSquare(
                        x + (((sample % Samples) + 0.5f) / Samples), y + (((sample / Samples) + 0.5f) / Samples));
                    if (point.X >= 0 && point.X < 1 && point.Y >= 0 && point.Y < 1)
                    {
                        hits++;
                        dark += IsDark(symbol, point) ? 1 : 0;
                    }
                }
                var light = (dark * ink) + ((hits - dark) * paper) + (((Samples * Samples) - hits) * row[x]);
                row[x] = light / (Samples * Samples);
            }
        }
    }

    private static bool IsDark(SymbolPattern symbol, Vector2 point)
    {
        var column = (int)(point.X * symbol.FullSize) - SymbolPattern.QuietZone;
        var line = (int)(point.Y * symbol.FullSize) - SymbolPattern.QuietZone;
        return column >= 0 && column < symbol.Size && line >= 0 && line < symbol.Size && symbol.IsDark(column, line);
    }

    /// <summary>Light falls off evenly from one side of the frame to the other.</summary>
    private static void AddGradient(LightPlane plane, float missing, SeededRandom random)
    {
        if (missing <= 0)
        {
            return;
        }
        var (sin, cos) = MathF.SinCos(random.Between(0, 2 * MathF.PI));
        var reach = (MathF.Abs(cos) * plane.Width) + (MathF.Abs(sin) * plane.Height);
        for (var y = 0; y < plane.Height; y++)
        {
            var row = plane.Row(y);
            for (var x = 0; x < row.Length; x++)
            {
                var along = (((x - (plane.Width / 2f)) * cos) + ((y - (plane.Height / 2f)) * sin)) / reach;
                row[x] *= 1 - (missing * (along + 0.5f));
            }
        }
    }

    /// <summary>A white spot with a soft edge somewhere on the symbol.</summary>
    private static void AddGlare(LightPlane plane, float share, SymbolPose pose, SeededRandom random)
    {
        if (share <= 0)
        {
            return;
        }
        const float White = 255, SoftEdge = 3;
        var radius = MathF.Sqrt(share * pose.Area / MathF.PI);
        var reach = MathF.Sqrt(pose.Area) * 0.3f;
        var spot = pose.Centre + new Vector2(random.Between(-reach, reach), random.Between(-reach, reach));
        for (var y = 0; y < plane.Height; y++)
        {
            var row = plane.Row(y);
            for (var x = 0; x < row.Length; x++)
            {
                var inside = radius - Vector2.Distance(new Vector2(x, y), spot);
                var strength = Math.Clamp((inside / SoftEdge) + 0.5f, 0, 1);
                row[x] += (White - row[x]) * strength;
            }
        }
    }

    /// <summary>The stripes of a display's rows against the sensor's.</summary>
    private static void AddMoire(LightPlane plane, float amplitude, SeededRandom random)
    {
        if (amplitude <= 0)
        {
            return;
        }
        var (sin, cos) = MathF.SinCos(random.Between(0, MathF.PI));
        var wave = 2 * MathF.PI / random.Between(5, 14);
        var phase = random.Between(0, 2 * MathF.PI);
        for (var y = 0; y < plane.Height; y++)
        {
            var row = plane.Row(y);
            for (var x = 0; x < row.Length; x++)
            {
                row[x] += amplitude * MathF.Sin((((x * cos) + (y * sin)) * wave) + phase);
            }
        }
    }
}

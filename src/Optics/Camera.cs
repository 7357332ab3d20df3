using System.Collections.Immutable;
using System.Numerics;
using Parking.Optics.Images;
using Parking.QrReader;

namespace Parking.Optics;

/// <summary>
/// Takes pictures of symbols as a gate's camera does: 8-bit grey, 640×480 pixels by default. Seed, distortion and index determine every
/// byte of a frame. A frame does not depend on the frames taken before it. Thread-safe.
/// </summary>
public sealed class Camera(long seed, int width = Camera.Width, int height = Camera.Height)
{
    /// <summary>The default size of a frame, in pixels.</summary>
    public const int Width = 640, Height = 480;

    /// <summary>Takes one picture of a symbol in front of clutter.</summary>
    public GreyPicture Photograph(SymbolPattern symbol, Distortion distortion, int index) => Shoot(symbol, distortion, index).Picture;

    /// <summary>Takes one picture of a symbol in front of clutter, and returns the symbol's corners with it.</summary>
    public Shot Shoot(SymbolPattern symbol, Distortion distortion, int index) =>
        Shoot(symbol, distortion, isCutOff: false, new SeededRandom(seed, distortion.Name, index));

    /// <summary>Takes one picture of clutter alone.</summary>
    public GreyPicture PhotographClutter(Distortion distortion, int index)
    {
        var random = new SeededRandom(seed, $"clutter {distortion.Name}", index);
        var pose = SymbolPose.Draw(50, distortion, width, height, random);
        var plane = EmptyPlane(distortion);
        Clutter.Paint(plane, random);
        return Expose(plane, distortion, pose, random);
    }

    /// <summary>Takes one picture of something that a reader might mistake for a symbol.</summary>
    public GreyPicture PhotographDecoy(Decoy decoy, Distortion distortion, int index)
    {
        var random = new SeededRandom(seed, $"{decoy.Name} {distortion.Name}", index);
        return Shoot(decoy.Draw(random), distortion, decoy.IsCutOff, random).Picture;
    }

    private Shot Shoot(SymbolPattern symbol, Distortion distortion, bool isCutOff, SeededRandom random)
    {
        var plane = EmptyPlane(distortion);
        var pose = SymbolPose.Draw(symbol.FullSize, distortion, plane.Width, plane.Height, random);
        if (isCutOff)
        {
            pose = CutOff(pose, plane, random);
        }
        Clutter.Paint(plane, random);
        var view = new SymbolView(pose, distortion, new Vector2(plane.Width, plane.Height), random);
        new SymbolPaint(symbol, distortion, random).Paint(plane, view);
        FramePoint Corner(int column, int line)
        {
            var seen = view.ToFrame(new Vector2(column + SymbolPattern.QuietZone, line + SymbolPattern.QuietZone) / symbol.FullSize);
            return new FramePoint(seen.X, seen.Y);
        }
        var picture = Expose(plane, distortion, pose, random);
        return new Shot(picture, [Corner(0, 0), Corner(symbol.Size, 0), Corner(symbol.Size, symbol.Size), Corner(0, symbol.Size)]);
    }

    private LightPlane EmptyPlane(Distortion distortion) => new(width * distortion.FrameScale, height * distortion.FrameScale);

    /// <summary>Moves the symbol until its centre lies on an edge of the frame or a little beyond that edge.</summary>
    private static SymbolPose CutOff(SymbolPose pose, LightPlane plane, SeededRandom random)
    {
        var beyond = MathF.Sqrt(pose.Area) * random.Between(0, 0.15f);
        var (toLeft, toTop) = (-pose.Centre.X - beyond, -pose.Centre.Y - beyond);
        return pose.MovedBy(random.Below(4) switch
        {
            0 => new Vector2(toLeft, 0),
            1 => new Vector2(plane.Width - pose.Centre.X + beyond, 0),
            2 => new Vector2(0, toTop),
            _ => new Vector2(0, plane.Height - pose.Centre.Y + beyond),
        });
    }

    /// <summary>Applies the effects of light, lens and sensor in the order in which they occur in a camera.</summary>
    private static GreyPicture Expose(LightPlane plane, Distortion distortion, SymbolPose pose, SeededRandom random)
    {
        Lighting.Flatten(plane, distortion.Contrast);
        Lighting.AddGradient(plane, distortion.Gradient, random);
        Lighting.AddShadow(plane, distortion.Shadow, pose, random);
        Lighting.AddReflection(plane, distortion.Reflection, pose, random);
        Lighting.AddGlare(plane, distortion.Glare, pose, random);
        plane.Blur(distortion.Blur);
        plane.Smear(distortion.MotionBlur, random);
        plane.Amplify(distortion.Exposure);
        plane.Spill(distortion.Bloom);
        AddMoire(plane, distortion.Moire, random);
        plane.AddNoise(distortion.Noise, random);
        return distortion.JpegQuality is { } quality ? plane.Develop().ThroughJpeg(quality) : plane.Develop();
    }

    /// <summary>Adds moiré stripes: the interference of a display's rows with the sensor's rows.</summary>
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

/// <summary>A frame, and the true position of the symbol in it.</summary>
/// <param name="Picture">The frame.</param>
/// <param name="Corners">The symbol's corners without the quiet zone, in the reader's order: top left, top right, bottom right, bottom left
/// of the upright symbol.</param>
public sealed record Shot(GreyPicture Picture, ImmutableArray<FramePoint> Corners);

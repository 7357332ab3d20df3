using System.Globalization;

namespace Parking.Optics;

/// <content>Scaling a distortion and combining several.</content>
public sealed partial record Distortion
{
    /// <summary>
    /// The same kind at another strength: 0 removes the effects, 1 changes nothing. The symbol's size, its turn, and whether it is mirrored
    /// or inverted do not change.
    /// </summary>
    public Distortion At(float strength) => strength == 1 ? this : this with
    {
        Name = string.Create(CultureInfo.InvariantCulture, $"{Name}*{strength:0.##}"),
        Rotation = Math.Clamp(Scaled(Rotation, SteadyHand, strength), 0, 180),
        Perspective = Math.Min(Perspective * strength, 0.7f),
        Barrel = Barrel * strength,
        Curve = Math.Min(Curve * strength, 80),
        Ink = Math.Clamp(Scaled(Ink, GoodInk, strength), 0, 255),
        Paper = Math.Clamp(Scaled(Paper, GoodPaper, strength), 0, 255),
        DotGain = Math.Clamp(DotGain * strength, -0.45f, 0.45f),
        Damage = Math.Min(Damage * strength, 0.9f),
        DisplayGrid = Math.Min(DisplayGrid * strength, 1),
        Contrast = Math.Max(Scaled(Contrast, 1, strength), 0.01f),
        Gradient = Math.Min(Gradient * strength, 1),
        Shadow = Math.Min(Shadow * strength, 1),
        Reflection = Math.Min(Reflection * strength, 1),
        Glare = Math.Min(Glare * strength, 0.9f),
        Exposure = Math.Max(Scaled(Exposure, 1, strength), 0.01f),
        Bloom = Bloom * strength,
        Blur = Blur * strength,
        MotionBlur = MotionBlur * strength,
        Moire = Moire * strength,
        Noise = Noise * strength,
        JpegQuality = JpegQuality is { } quality ? Math.Clamp((int)Scaled(quality, 100, strength), 1, 100) : null,
    };

    /// <summary>
    /// Combines two distortions. Effects of the same kind add up as they do in a camera; of two module sizes the smaller one is used.
    /// </summary>
    public Distortion With(Distortion other) => new($"{Name}+{other.Name}")
    {
        ModulePixels = Math.Min(ModulePixels, other.ModulePixels),
        FrameScale = Math.Max(FrameScale, other.FrameScale),
        Turn = (Turn + other.Turn) % 360,
        Rotation = Math.Max(Rotation, other.Rotation),
        Perspective = Math.Max(Perspective, other.Perspective),
        Barrel = Math.Max(Barrel, other.Barrel),
        Curve = Math.Max(Curve, other.Curve),
        IsMirrored = IsMirrored ^ other.IsMirrored,
        IsInverted = IsInverted ^ other.IsInverted,
        Ink = Math.Max(Ink, other.Ink),
        Paper = Math.Min(Paper, other.Paper),
        DotGain = DotGain + other.DotGain,
        Damage = Math.Min(Damage + other.Damage, 0.9f),
        DisplayGrid = Math.Max(DisplayGrid, other.DisplayGrid),
        Contrast = Contrast * other.Contrast,
        Gradient = 1 - ((1 - Gradient) * (1 - other.Gradient)),
        Shadow = 1 - ((1 - Shadow) * (1 - other.Shadow)),
        Reflection = Math.Max(Reflection, other.Reflection),
        Glare = Math.Min(Glare + other.Glare, 0.9f),
        Exposure = Exposure * other.Exposure,
        Bloom = Bloom + other.Bloom,
        Blur = float.Hypot(Blur, other.Blur),
        MotionBlur = Math.Max(MotionBlur, other.MotionBlur),
        Moire = Math.Max(Moire, other.Moire),
        Noise = float.Hypot(Noise, other.Noise),
        JpegQuality = JpegQuality is { } mine && other.JpegQuality is { } theirs
            ? Math.Min(mine, theirs)
            : JpegQuality ?? other.JpegQuality,
    };

    private static float Scaled(float value, float good, float strength) => good + ((value - good) * strength);
}

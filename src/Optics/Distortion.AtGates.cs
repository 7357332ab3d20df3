namespace Parking.Optics;

/// <content>Further kinds of distortion that occur at gates. At each one's strength, a good reader still reads most frames.</content>
public sealed partial record Distortion
{
    public static Distortion QuarterTurn { get; } = new("quarter-turn") { Turn = 90 };

    public static Distortion UpsideDown { get; } = new("upside-down") { Turn = 180 };

    /// <summary>A distant symbol in a frame of four times the area, so that the search is longer.</summary>
    public static Distortion Far { get; } = new("far") { ModulePixels = 2.5f, FrameScale = 2 };

    /// <summary>As large as fits into the frame.</summary>
    public static Distortion Close { get; } = new("close") { ModulePixels = 24, Rotation = 4 };

    public static Distortion BarrelLens { get; } = new("barrel") { ModulePixels = 5, Barrel = 0.20f };

    /// <summary>A sticker around a pole or a cup.</summary>
    public static Distortion Cylinder { get; } = new("cylinder") { ModulePixels = 5, Curve = 25 };

    public static Distortion Mirrored { get; } = new("mirrored") { IsMirrored = true };

    /// <summary>
    /// Level M can correct 15 % of the codewords. The covered share is smaller, because scattered marks damage a larger share of the
    /// codewords than of the area.
    /// </summary>
    public static Distortion Damaged { get; } = new("damaged") { Damage = 0.06f };

    public static Distortion LowInk { get; } = new("low-ink") { Ink = 165, DotGain = -0.12f, Noise = 6 };

    public static Distortion InkSpread { get; } = new("ink-spread") { DotGain = 0.20f, Blur = 0.8f };

    /// <summary>A phone held at an angle, with the display's pixel grid and a reflection on its glass.</summary>
    public static Distortion PhoneScreen { get; } = new("phone-screen")
    {
        Rotation = 15,
        Perspective = 0.10f,
        DisplayGrid = 0.7f,
        Reflection = 0.25f,
        Blur = 0.7f,
        Noise = 6,
    };

    /// <summary>A phone with a dimmed display in a bright place.</summary>
    public static Distortion DimScreen { get; } = new("dim-screen")
    {
        Ink = 24,
        Paper = 90,
        DisplayGrid = 0.3f,
        Reflection = 0.08f,
        Blur = 0.7f,
        Noise = 5,
    };

    public static Distortion GlassReflection { get; } = new("reflection") { Reflection = 0.65f };

    public static Distortion HardShadow { get; } = new("shadow") { Shadow = 0.75f };

    public static Distortion LowLight { get; } = new("low-light") { Exposure = 0.20f, Noise = 9, Blur = 0.8f };

    public static Distortion Overexposed { get; } = new("overexposed") { Exposure = 1.5f, Bloom = 0.4f, Blur = 0.7f };

    /// <summary>Motion blur of 1.25 modules.</summary>
    public static Distortion Moving { get; } = new("motion") { MotionBlur = 1.25f * 4 };

    public static Distortion DefocusNoise { get; } = new("defocus-noise") { Blur = 0.45f * 4, Noise = 20 };
}

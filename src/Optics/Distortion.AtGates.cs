namespace Parking.Optics;

/// <content>What else gates meet, each at a strength at which a good reader still reads most.</content>
public sealed partial record Distortion
{
    public static Distortion QuarterTurn { get; } = new("quarter-turn") { Turn = 90 };

    public static Distortion UpsideDown { get; } = new("upside-down") { Turn = 180 };

    /// <summary>A symbol far away before a large sensor: the search has four times the room.</summary>
    public static Distortion Far { get; } = new("far") { ModulePixels = 2.5f, FrameScale = 2 };

    /// <summary>As large as the frame allows.</summary>
    public static Distortion Close { get; } = new("close") { ModulePixels = 24, Rotation = 4 };

    public static Distortion BarrelLens { get; } = new("barrel") { ModulePixels = 5, Barrel = 0.20f };

    /// <summary>A sticker around a pole or a cup.</summary>
    public static Distortion Cylinder { get; } = new("cylinder") { ModulePixels = 5, Curve = 25 };

    public static Distortion Mirrored { get; } = new("mirrored") { IsMirrored = true };

    /// <summary>Level M restores 15 % of the codewords; scattered marks spoil more codewords than they cover area.</summary>
    public static Distortion Damaged { get; } = new("damaged") { Damage = 0.06f };

    public static Distortion LowInk { get; } = new("low-ink") { Ink = 165, DotGain = -0.12f, Noise = 6 };

    public static Distortion InkSpread { get; } = new("ink-spread") { DotGain = 0.20f, Blur = 0.8f };

    /// <summary>A phone at a slant: its pixels against the sensor's, and what its glass reflects.</summary>
    public static Distortion PhoneScreen { get; } = new("phone-screen")
    {
        Rotation = 15,
        Perspective = 0.10f,
        DisplayGrid = 0.7f,
        Reflection = 0.25f,
        Blur = 0.7f,
        Noise = 6,
    };

    /// <summary>A phone whose display has gone dim, in a bright place.</summary>
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

    /// <summary>Moved by 1.25 modules while the shutter was open.</summary>
    public static Distortion Moving { get; } = new("motion") { MotionBlur = 1.25f * 4 };

    public static Distortion DefocusNoise { get; } = new("defocus-noise") { Blur = 0.45f * 4, Noise = 20 };
}

namespace Parking.Optics;

/// <content>The first seventeen kinds. Their strengths do not change, so that new figures can be compared with earlier ones.</content>
public sealed partial record Distortion
{
    public static Distortion Clean { get; } = new("clean");

    public static Distortion TwoPixelModules { get; } = new("two-pixel-modules") { ModulePixels = 2 };

    public static Distortion AnyRotation { get; } = new("any-rotation") { Rotation = 180 };

    public static Distortion Perspective15 { get; } = new("perspective-15") { ModulePixels = 5, Perspective = 0.15f };

    public static Distortion Perspective40 { get; } = new("perspective-40") { ModulePixels = 6, Perspective = 0.40f };

    /// <summary>Gaussian blur with a standard deviation of 0.35 modules.</summary>
    public static Distortion Blur035 { get; } = new("blur-035") { Blur = 0.35f * 4 };

    /// <summary>Gaussian blur with a standard deviation of 0.55 modules.</summary>
    public static Distortion Blur055 { get; } = new("blur-055") { Blur = 0.55f * 4 };

    public static Distortion Noise30 { get; } = new("noise-30") { Noise = 30 };

    public static Distortion Noise60 { get; } = new("noise-60") { Noise = 60 };

    public static Distortion LowContrast { get; } = new("low-contrast") { Contrast = 0.15f };

    public static Distortion LightGradient { get; } = new("light-gradient") { Gradient = 0.70f, Contrast = 0.70f };

    public static Distortion Jpeg15 { get; } = new("jpeg-15") { ModulePixels = 3, JpegQuality = 15 };

    public static Distortion GlareSpot { get; } = new("glare") { Glare = 0.04f };

    public static Distortion MoireStripes { get; } = new("moire") { Moire = 45 };

    public static Distortion Inverted { get; } = new("inverted") { IsInverted = true };

    /// <summary>A phone held up to a gate, with a moderate amount of most effects. The demo uses this kind.</summary>
    public static Distortion GateMix { get; } = new("gate-mix")
    {
        Rotation = 20,
        Perspective = 0.12f,
        Blur = 1.3f,
        Noise = 14,
        Contrast = 0.55f,
        Gradient = 0.35f,
        JpegQuality = 60,
    };

    /// <summary>As <see cref="GateMix"/>, in bad light and with a less steady hand.</summary>
    public static Distortion GateHard { get; } = new("gate-hard")
    {
        Rotation = 35,
        Perspective = 0.22f,
        Blur = 1.5f,
        Noise = 18,
        Contrast = 0.40f,
        Gradient = 0.50f,
        JpegQuality = 40,
    };
}

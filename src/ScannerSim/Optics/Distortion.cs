namespace Parking.ScannerSim.Optics;

/// <summary>What stands between a symbol and its picture: pose, lens, light, sensor and compression. Values say "up to" where a frame draws its own.</summary>
/// <param name="Name">Its name, part of the seed of its frames: renaming it changes them.</param>
internal sealed record Distortion(string Name)
{
    /// <summary>A module's side in pixels, the mean over the symbol; less where the symbol would not fit into the frame.</summary>
    public float ModulePixels { get; init; } = 4;

    /// <summary>The symbol is turned by up to so many degrees either way.</summary>
    public float Rotation { get; init; } = 8;

    /// <summary>Each corner is pulled towards the middle by up to this part of its distance from it.</summary>
    public float Perspective { get; init; }

    /// <summary>The deviation of the Gaussian blur, in pixels.</summary>
    public float Blur { get; init; }

    /// <summary>The deviation of the sensor's Gaussian noise, in grey levels.</summary>
    public float Noise { get; init; }

    /// <summary>What is left of the range from black to white, around the middle; 1 is all.</summary>
    public float Contrast { get; init; } = 1;

    /// <summary>The part of the light that is missing at the dark end of the frame.</summary>
    public float Gradient { get; init; }

    /// <summary>The part of the symbol's area that a white reflection hides.</summary>
    public float Glare { get; init; }

    /// <summary>The amplitude of moiré stripes, in grey levels.</summary>
    public float Moire { get; init; }

    /// <summary>JPEG quality, 1 to 100; null for a frame that was never compressed.</summary>
    public int? JpegQuality { get; init; }

    /// <summary>Whether dark and light are exchanged, quiet zone included.</summary>
    public bool IsInverted { get; init; }

    public static Distortion Clean { get; } = new("clean");

    public static Distortion TwoPixelModules { get; } = new("two-pixel-modules") { ModulePixels = 2 };

    public static Distortion AnyRotation { get; } = new("any-rotation") { Rotation = 180 };

    public static Distortion Perspective15 { get; } = new("perspective-15") { ModulePixels = 5, Perspective = 0.15f };

    public static Distortion Perspective40 { get; } = new("perspective-40") { ModulePixels = 6, Perspective = 0.40f };

    /// <summary>σ 0.35 of a module.</summary>
    public static Distortion Blur035 { get; } = new("blur-035") { Blur = 0.35f * 4 };

    /// <summary>σ 0.55 of a module.</summary>
    public static Distortion Blur055 { get; } = new("blur-055") { Blur = 0.55f * 4 };

    public static Distortion Noise30 { get; } = new("noise-30") { Noise = 30 };

    public static Distortion Noise60 { get; } = new("noise-60") { Noise = 60 };

    public static Distortion LowContrast { get; } = new("low-contrast") { Contrast = 0.15f };

    public static Distortion LightGradient { get; } = new("light-gradient") { Gradient = 0.70f, Contrast = 0.70f };

    public static Distortion Jpeg15 { get; } = new("jpeg-15") { ModulePixels = 3, JpegQuality = 15 };

    public static Distortion GlareSpot { get; } = new("glare") { Glare = 0.04f };

    public static Distortion MoireStripes { get; } = new("moire") { Moire = 45 };

    public static Distortion Inverted { get; } = new("inverted") { IsInverted = true };

    /// <summary>A phone held up to a gate, a little of everything: what the demo shows.</summary>
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

    /// <summary>The same on a bad evening.</summary>
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

    /// <summary>Every distortion there is, the mildest first.</summary>
    public static IReadOnlyList<Distortion> All { get; } =
    [
        Clean, TwoPixelModules, AnyRotation, Perspective15, Perspective40, Blur035, Blur055, Noise30, Noise60, LowContrast, LightGradient,
        Jpeg15, GlareSpot, MoireStripes, Inverted, GateMix, GateHard,
    ];

    public override string ToString() => Name;
}

namespace Parking.Optics;

/// <summary>
/// What stands between a symbol and its picture: surface, pose, light, lens, sensor and compression. Values say "up to" where a frame draws
/// its own.
/// </summary>
/// <param name="Name">Its name, part of the seed of its frames: renaming it changes them.</param>
public sealed partial record Distortion(string Name)
{
    /// <summary>The grey of dark and of light modules where nothing is wrong with them.</summary>
    public const float GoodInk = 18, GoodPaper = 238;

    /// <summary>The usual <see cref="Rotation"/>.</summary>
    private const float SteadyHand = 8;

    /// <summary>A module's side in pixels, the mean over the symbol; less where the symbol would not fit into the frame.</summary>
    public float ModulePixels { get; init; } = 4;

    /// <summary>The frame is so many times as wide and as high as the camera's others, with the same module pixels.</summary>
    public int FrameScale { get; init; } = 1;

    /// <summary>The symbol is turned by so many degrees, clockwise.</summary>
    public float Turn { get; init; }

    /// <summary>And from there by up to so many degrees either way.</summary>
    public float Rotation { get; init; } = SteadyHand;

    /// <summary>Each corner is pulled towards the middle by up to this part of its distance from it.</summary>
    public float Perspective { get; init; }

    /// <summary>
    /// A barrel lens: how much further out the frame's corner would lie through a perfect one, as a part of its distance from the middle.
    /// </summary>
    public float Barrel { get; init; }

    /// <summary>The surface is bent around a cylinder: by so many degrees from the symbol's middle to its edge.</summary>
    public float Curve { get; init; }

    /// <summary>Whether left and right are exchanged, as through the back of a pane.</summary>
    public bool IsMirrored { get; init; }

    /// <summary>Whether dark and light are exchanged, quiet zone included.</summary>
    public bool IsInverted { get; init; }

    /// <summary>The grey of dark modules, 0 to 255: a printer low on ink, or a display in the sun.</summary>
    public float Ink { get; init; } = GoodInk;

    /// <summary>The grey of light modules: a dimmed display, or brown paper.</summary>
    public float Paper { get; init; } = GoodPaper;

    /// <summary>How far dark runs over each edge of a module, in modules; below 0 it shrinks.</summary>
    public float DotGain { get; init; }

    /// <summary>
    /// The part of the symbol's area that scratches, dirt and stickers cover: from half of this up to it. No finder pattern is hidden
    /// wholly.
    /// </summary>
    public float Damage { get; init; }

    /// <summary>How dark the lines between a display's pixels are, 0 to 1. They meet the sensor's rows, as on any phone.</summary>
    public float DisplayGrid { get; init; }

    /// <summary>What is left of the range from black to white, around the middle; 1 is all.</summary>
    public float Contrast { get; init; } = 1;

    /// <summary>The part of the light that is missing at the dark end of the frame.</summary>
    public float Gradient { get; init; }

    /// <summary>The part of the light that is missing behind the hard edge of a shadow that falls on the symbol.</summary>
    public float Shadow { get; init; }

    /// <summary>How much of the white of a window that a glass before the symbol reflects, 0 to 1.</summary>
    public float Reflection { get; init; }

    /// <summary>The part of the symbol's area that a white reflection hides.</summary>
    public float Glare { get; init; }

    /// <summary>What is left of the light; above 1 the exposure was too long.</summary>
    public float Exposure { get; init; } = 1;

    /// <summary>How much of what is bright runs over into its neighbourhood.</summary>
    public float Bloom { get; init; }

    /// <summary>The deviation of the Gaussian blur, in pixels.</summary>
    public float Blur { get; init; }

    /// <summary>How far the symbol moves while the shutter is open, in pixels, in any direction.</summary>
    public float MotionBlur { get; init; }

    /// <summary>The amplitude of moiré stripes, in grey levels.</summary>
    public float Moire { get; init; }

    /// <summary>The deviation of the sensor's Gaussian noise, in grey levels.</summary>
    public float Noise { get; init; }

    /// <summary>JPEG quality, 1 to 100; null for a frame that was never compressed.</summary>
    public int? JpegQuality { get; init; }

    public override string ToString() => Name;
}

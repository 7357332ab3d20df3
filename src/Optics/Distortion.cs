namespace Parking.Optics;

/// <summary>
/// What changes a symbol on its way into a picture: surface, pose, light, lens, sensor and compression. For values described as "at most",
/// each frame draws a random value up to that limit.
/// </summary>
/// <param name="Name">The distortion's name. It is part of the seed of its frames, so renaming a distortion changes its frames.</param>
public sealed partial record Distortion(string Name)
{
    /// <summary>The grey of dark and of light modules without any distortion.</summary>
    public const float GoodInk = 18, GoodPaper = 238;

    /// <summary>The default of <see cref="Rotation"/>.</summary>
    private const float SteadyHand = 8;

    /// <summary>The mean side of a module, in pixels. It is smaller if the symbol would not fit into the frame.</summary>
    public float ModulePixels { get; init; } = 4;

    /// <summary>The factor by which the frame is wider and higher than the camera's default, at the same module size.</summary>
    public int FrameScale { get; init; } = 1;

    /// <summary>The angle by which the symbol is turned clockwise, in degrees.</summary>
    public float Turn { get; init; }

    /// <summary>The additional random turn in either direction, at most this many degrees.</summary>
    public float Rotation { get; init; } = SteadyHand;

    /// <summary>The share of its distance from the centre by which each corner is moved towards the centre, at most.</summary>
    public float Perspective { get; init; }

    /// <summary>
    /// Barrel distortion of the lens: how much farther out the frame's corner would lie through an ideal lens, as a share of its distance
    /// from the centre.
    /// </summary>
    public float Barrel { get; init; }

    /// <summary>The surface is bent around a cylinder: the angle from the symbol's centre to its edge, in degrees.</summary>
    public float Curve { get; init; }

    /// <summary>Whether the symbol is mirrored, as when seen through glass from behind.</summary>
    public bool IsMirrored { get; init; }

    /// <summary>Whether dark and light are exchanged, in the quiet zone too.</summary>
    public bool IsInverted { get; init; }

    /// <summary>The grey of dark modules, 0 to 255. It is high if a printer is low on ink or a display is in the sun.</summary>
    public float Ink { get; init; } = GoodInk;

    /// <summary>The grey of light modules, 0 to 255. It is low on a dimmed display or on brown paper.</summary>
    public float Paper { get; init; } = GoodPaper;

    /// <summary>How far ink spreads beyond each edge of a dark module, in modules. A negative value makes dark modules smaller.</summary>
    public float DotGain { get; init; }

    /// <summary>
    /// The share of the symbol's area that scratches, dirt and stickers cover: at least half of this value, at most this value. No finder
    /// pattern is covered completely.
    /// </summary>
    public float Damage { get; init; }

    /// <summary>
    /// The darkness of the lines between a display's pixels, 0 to 1. They interfere with the sensor's rows, as with a real phone.
    /// </summary>
    public float DisplayGrid { get; init; }

    /// <summary>The remaining share of the range from black to white, around middle grey; 1 is the full range.</summary>
    public float Contrast { get; init; } = 1;

    /// <summary>The share of light missing at the dark end of the frame.</summary>
    public float Gradient { get; init; }

    /// <summary>The share of light missing within a shadow with a sharp edge that falls on the symbol.</summary>
    public float Shadow { get; init; }

    /// <summary>The strength of a window's reflection in a glass in front of the symbol, 0 to 1.</summary>
    public float Reflection { get; init; }

    /// <summary>The share of the symbol's area that a white reflection covers.</summary>
    public float Glare { get; init; }

    /// <summary>The factor of all light. Above 1, the picture is overexposed.</summary>
    public float Exposure { get; init; } = 1;

    /// <summary>The share of light that bright areas spread to their surroundings.</summary>
    public float Bloom { get; init; }

    /// <summary>The standard deviation of the Gaussian blur, in pixels.</summary>
    public float Blur { get; init; }

    /// <summary>How far the symbol moves in a random direction during the exposure, in pixels.</summary>
    public float MotionBlur { get; init; }

    /// <summary>The amplitude of moiré stripes, in grey levels.</summary>
    public float Moire { get; init; }

    /// <summary>The standard deviation of the sensor's Gaussian noise, in grey levels.</summary>
    public float Noise { get; init; }

    /// <summary>JPEG quality, 1 to 100; null for a frame without compression.</summary>
    public int? JpegQuality { get; init; }

    public override string ToString() => Name;
}

namespace Parking.QrReader.Imaging;

/// <summary>The picture in which modules are sampled, and the effort left for it.</summary>
/// <param name="Image">The picture.</param>
/// <param name="IsInverted">Whether the symbol is light on a dark background.</param>
/// <param name="Effort">The effort of the frame. Every caller that samples adds its cost.</param>
internal readonly record struct SampledView(GreyImage Image, bool IsInverted, Effort Effort)
{
    /// <summary>The place of the picture's top left corner in the frame.</summary>
    public FramePoint Origin { get; init; }

    /// <summary>Whether a module that the standard calls dark (or light) is dark in the picture.</summary>
    public bool ShowsDark(bool dark) => dark != IsInverted;
}

/// <summary>
/// The effort spent on a frame, counted in looks (samples of one point), and its limit. So the same frame costs the same on every machine.
/// Callers ask before each attempt; an attempt that has begun is finished.
/// </summary>
internal sealed class Effort
{
    /// <summary>Filtering, thresholding and edge search of this many pixels cost as much as one look.</summary>
    private const int PixelsPerLook = 4;

    private long _left;

    public static long ForView(GreyFrame frame) => (long)frame.Width * frame.Height / PixelsPerLook;

    public bool IsSpent => _left <= 0;

    public long Given { get; private set; }

    public long Spent => Given - _left;

    public void Begin(long looks) => Given = _left = looks;

    public void Spend(long looks) => _left -= looks;
}

namespace Parking.QrReader.Imaging;

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

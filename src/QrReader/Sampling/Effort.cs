namespace Parking.QrReader.Sampling;

/// <summary>
/// What a frame may cost, counted in looks at a point of it: the same frame costs the same on every machine, and is read or not for the same
/// reasons. Whoever goes on to a new attempt asks first, so that the last attempt begun is finished.
/// </summary>
internal sealed class Effort
{
    /// <summary>Filtering a pixel, comparing it with its surroundings and looking for edges costs as much as a look at every fourth.</summary>
    private const int PixelsPerLook = 4;

    private long _left;

    public static long ForView(GreyFrame frame) => (long)frame.Width * frame.Height / PixelsPerLook;

    public bool IsSpent => _left <= 0;

    public long Given { get; private set; }

    public long Spent => Given - _left;

    public void Begin(long looks) => Given = _left = looks;

    public void Spend(long looks) => _left -= looks;
}

namespace Parking.QrReader.Imaging;

/// <summary>One way to look at a frame.</summary>
/// <param name="Searched">Where finder patterns are looked for.</param>
/// <param name="Sampled">Where modules are sampled; it may be the same picture.</param>
/// <param name="IsInverted">Whether the symbol is taken to be light on a dark ground.</param>
/// <param name="IsNewSample">Whether no view before it samples modules in that picture.</param>
internal readonly record struct FrameView(GreyImage Searched, GreyImage Sampled, bool IsInverted = false, bool IsNewSample = false);

/// <summary>
/// The ways a frame is looked at, each made only when it is asked for: as it is; then less noisy, sharpened, inverted, and smoothed further.
/// Most frames need the first only.
/// </summary>
internal sealed class FrameViews
{
    public const int Count = 8;

    private readonly FrameFilters _filters = new();
    private readonly GreyImage _raw = new();
    private readonly GreyImage _smooth = new();
    private readonly GreyImage _smoother = new();
    private readonly GreyImage _filtered = new();

    public void Begin(GreyFrame frame) => _raw.CopyFrom(frame);

    /// <summary>Makes a view. They build on each other: ask for them in turn, from 0.</summary>
    public FrameView Make(int index)
    {
        switch (index)
        {
            case 0:
                return new FrameView(_raw, _raw);
            case 1:
                _filters.BoxMean(_raw, 1, _smooth);
                return new FrameView(_smooth, _smooth, IsNewSample: true);
            case 2:
                return Sharpened(_smooth, 4, 1.5f, _raw);
            case 3:
                return new FrameView(_smooth, _smooth, IsInverted: true);
            case 4:
                _filters.BoxMean(_smooth, 1, _smoother);
                return new FrameView(_smoother, _smooth);
            case 5:
                return Sharpened(_smoother, 4, 2.5f, _smooth);
            case 6:
                return Sharpened(_smoother, 6, 2.5f, _smooth);
            default:
                _filters.BoxMean(_smoother, 2, _filtered);
                return new FrameView(_filtered, _smoother, IsNewSample: true);
        }
    }

    private FrameView Sharpened(GreyImage source, int radius, float amount, GreyImage sampled)
    {
        _filters.Sharpen(source, radius, amount, _filtered);
        return new FrameView(_filtered, sampled);
    }
}

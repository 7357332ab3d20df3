namespace Parking.QrReader.Imaging;

/// <summary>One view of a frame: the pictures that a symbol is searched and sampled in.</summary>
/// <param name="Searched">The picture that is searched for finder patterns.</param>
/// <param name="Sampled">The picture in which modules are sampled; it may be the same.</param>
/// <param name="IsInverted">Whether the symbol is light on a dark background.</param>
/// <param name="IsNewSample">Whether no earlier view samples modules in that picture.</param>
internal readonly record struct FrameView(GreyImage Searched, GreyImage Sampled, bool IsInverted = false, bool IsNewSample = false);

/// <summary>
/// The views of a frame, each computed on request: unchanged, then denoised, sharpened, inverted, and smoothed further. Most frames need
/// only the first.
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

    /// <summary>Computes a view. Views depend on earlier ones: request them in order, from 0.</summary>
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

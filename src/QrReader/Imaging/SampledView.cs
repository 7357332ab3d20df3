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

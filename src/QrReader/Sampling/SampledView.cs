using Parking.QrReader.Imaging;

namespace Parking.QrReader.Sampling;

/// <summary>The picture modules are sampled in, and what may still be spent on it.</summary>
/// <param name="Image">The picture.</param>
/// <param name="IsInverted">Whether the symbol is light on a dark ground.</param>
/// <param name="Effort">What may be spent: whoever samples counts it there.</param>
internal readonly record struct SampledView(GreyImage Image, bool IsInverted, Effort Effort)
{
    /// <summary>Where the picture's top left corner lies in the frame, where it is a part of it.</summary>
    public FramePoint Origin { get; init; }

    /// <summary>Whether a module that is dark in the standard's drawing is dark here.</summary>
    public bool ShowsDark(bool dark) => dark != IsInverted;
}

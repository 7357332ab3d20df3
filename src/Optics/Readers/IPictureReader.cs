using Parking.Optics.Images;

namespace Parking.Optics.Readers;

/// <summary>A reader of QR symbols that <c>optics</c> can compare. Not thread-safe.</summary>
public interface IPictureReader
{
    /// <summary>Reads a picture and measures the duration.</summary>
    PictureAnswer Read(GreyPicture picture);
}

/// <summary>The result of reading a picture.</summary>
/// <param name="Text">The text read; null if nothing was read.</param>
/// <param name="Took">The duration of the reading.</param>
public readonly record struct PictureAnswer(string? Text, TimeSpan Took);

using Parking.Optics.Images;

namespace Parking.Optics.Readers;

/// <summary>
/// A reader of QR symbols, ours or another, as <c>optics</c> compares them. Not safe to use from several threads at once.
/// </summary>
public interface IPictureReader
{
    /// <summary>Reads a picture, and says how long it took.</summary>
    PictureAnswer Read(GreyPicture picture);
}

/// <summary>What a reader says of a picture.</summary>
/// <param name="Text">What it read; null: nothing.</param>
/// <param name="Took">How long it took.</param>
public readonly record struct PictureAnswer(string? Text, TimeSpan Took);

using Parking.Optics.Images;

namespace Parking.QrReader.Tests;

/// <summary>A grey sheet with pictures of symbols on it.</summary>
internal sealed class SymbolSheet(int width, int height)
{
    private const byte Grey = 190;

    private readonly byte[] _pixels = [.. Enumerable.Repeat(Grey, width * height)];

    public GreyPicture Picture => new(width, height, _pixels);

    public SymbolSheet Lay(GreyPicture picture, int left, int top)
    {
        for (var y = 0; y < picture.Height; y++)
        {
            picture.Pixels.AsSpan(y * picture.Width, picture.Width).CopyTo(_pixels.AsSpan(((top + y) * width) + left));
        }
        return this;
    }

    /// <summary>The mirror image of a picture.</summary>
    public static GreyPicture Mirrored(GreyPicture picture)
    {
        var pixels = (byte[])picture.Pixels.Clone();
        for (var y = 0; y < picture.Height; y++)
        {
            pixels.AsSpan(y * picture.Width, picture.Width).Reverse();
        }
        return new GreyPicture(picture.Width, picture.Height, pixels);
    }

    public static GreyPicture Inverted(GreyPicture picture) =>
        new(picture.Width, picture.Height, [.. picture.Pixels.Select(static pixel => (byte)(byte.MaxValue - pixel))]);
}

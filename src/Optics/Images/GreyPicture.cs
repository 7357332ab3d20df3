using Parking.QrReader;
using SkiaSharp;

namespace Parking.Optics.Images;

/// <summary>A picture of 8-bit grey pixels (0 is black), row by row without gaps.</summary>
public sealed class GreyPicture
{
    private const int LosslessPng = 100;

    public GreyPicture(int width, int height, byte[] pixels)
    {
        if (width < 1 || height < 1 || pixels.Length != (long)width * height)
        {
            throw new ArgumentException($"{pixels.Length} pixels do not make a picture of {width}×{height}.", nameof(pixels));
        }
        Width = width;
        Height = height;
        Pixels = pixels;
    }

    public int Width { get; }

    public int Height { get; }

    public byte[] Pixels { get; }

    /// <summary>The picture as the reader's input. The pixels are not copied.</summary>
    public GreyFrame AsFrame() => new(Pixels, Width, Height, Width);

    /// <summary>Writes the picture as a grey PNG file. An existing file is replaced.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SavePng(string path)
    {
        using var encoded = Encode(SKEncodedImageFormat.Png, LosslessPng);
        using var file = File.Create(path);
        encoded.SaveTo(file);
    }

    /// <summary>Returns the picture as a grey PNG file.</summary>
    public byte[] ToPng()
    {
        using var encoded = Encode(SKEncodedImageFormat.Png, LosslessPng);
        return encoded.ToArray();
    }

    /// <summary>Compresses the picture as JPEG with this quality, 1 to 100, and decodes the result.</summary>
    public GreyPicture ThroughJpeg(int quality)
    {
        using var encoded = Encode(SKEncodedImageFormat.Jpeg, quality);
        return PictureFile.Decode(encoded) ?? throw new InvalidOperationException("SkiaSharp cannot decode its own JPEG.");
    }

    /// <summary>Returns the picture rotated by 90 degrees clockwise.</summary>
    public GreyPicture QuarterTurned()
    {
        var turned = new byte[Pixels.Length];
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                turned[(x * Height) + Height - 1 - y] = Pixels[(y * Width) + x];
            }
        }
        return new GreyPicture(Height, Width, turned);
    }

    /// <summary>Copies the picture to a Skia bitmap. The caller disposes it.</summary>
    public SKBitmap ToBitmap()
    {
        var bitmap = new SKBitmap(new SKImageInfo(Width, Height, SKColorType.Gray8, SKAlphaType.Opaque));
        var rowBytes = bitmap.RowBytes;
        var target = bitmap.GetPixelSpan();
        for (var y = 0; y < Height; y++)
        {
            Pixels.AsSpan(y * Width, Width).CopyTo(target[(y * rowBytes)..]);
        }
        return bitmap;
    }

    private SKData Encode(SKEncodedImageFormat format, int quality)
    {
        using var bitmap = ToBitmap();
        return bitmap.Encode(format, quality) ?? throw new InvalidOperationException($"SkiaSharp cannot encode {format}.");
    }
}

using SkiaSharp;

namespace Parking.Optics.Images;

/// <summary>Loads picture files of all formats that SkiaSharp decodes (PNG, JPEG, WebP, BMP, GIF and others) as grey pictures.</summary>
public static class PictureFile
{
    /// <summary>The largest file that is read, in bytes: several times the largest photograph.</summary>
    private const int MostBytes = 64 * 1024 * 1024;

    /// <summary>Loads a file. Colours become luma; transparent pixels show white.</summary>
    /// <exception cref="PictureFileException">The file is missing, unreadable, not a picture, or larger than the reader
    /// accepts.</exception>
    public static GreyPicture Load(string path)
    {
        try
        {
            if (Directory.Exists(path))
            {
                throw new PictureFileException(
                    $"{path}: this is a folder. Name the pictures in it, for instance {Path.Join(path, "*.png")}");
            }

            using var data = SKData.CreateCopy(ReadLimited(path));
            return Decode(data) ?? throw new PictureFileException($"{path}: not a picture that can be decoded, or too large.");
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new PictureFileException($"{path}: there is no such file.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new PictureFileException($"{path}: cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Reads the file to its end, which a device or a pipe may not have.</summary>
    private static byte[] ReadLimited(string path)
    {
        using var file = File.OpenRead(path);
        using var content = new MemoryStream();
        var part = new byte[64 * 1024];
        for (int read; (read = file.Read(part)) > 0;)
        {
            if (content.Length + read > MostBytes)
            {
                throw new PictureFileException(
                    $"{path}: has more than {MostBytes / 1024 / 1024} MiB, so it is no picture that can be read.");
            }

            content.Write(part, 0, read);
        }

        return content.ToArray();
    }

    /// <summary>Decodes an encoded picture. Returns null if that is not possible.</summary>
    public static GreyPicture? Decode(SKData data)
    {
        using var codec = SKCodec.Create(data);
        if (codec is null || codec.Info.Width > QrReader.GreyFrame.MaxSide || codec.Info.Height > QrReader.GreyFrame.MaxSide)
        {
            return null;
        }
        if (codec.Info.ColorType is SKColorType.Gray8)
        {
            return DecodeGrey(codec);
        }
        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Bgra8888, SKAlphaType.Unpremul);
        using var bitmap = new SKBitmap(info);
        if (codec.GetPixels(info, bitmap.GetPixels()) is not SKCodecResult.Success)
        {
            return null;
        }
        var pixels = new byte[info.Width * info.Height];
        for (var y = 0; y < info.Height; y++)
        {
            ToGrey(bitmap.GetPixelSpan().Slice(y * bitmap.RowBytes, info.Width * 4), pixels.AsSpan(y * info.Width, info.Width));
        }
        return new GreyPicture(info.Width, info.Height, pixels);
    }

    /// <summary>
    /// Decodes a picture that is already grey without conversion. This takes a third of the time and gives the same pixels.
    /// </summary>
    private static GreyPicture? DecodeGrey(SKCodec codec)
    {
        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Gray8, SKAlphaType.Opaque);
        using var bitmap = new SKBitmap(info);
        if (codec.GetPixels(info, bitmap.GetPixels()) is not SKCodecResult.Success)
        {
            return null;
        }
        var pixels = new byte[info.Width * info.Height];
        for (var y = 0; y < info.Height; y++)
        {
            bitmap.GetPixelSpan().Slice(y * bitmap.RowBytes, info.Width).CopyTo(pixels.AsSpan(y * info.Width));
        }
        return new GreyPicture(info.Width, info.Height, pixels);
    }

    /// <summary>Converts to luma of ITU-R BT.601, calculated in 256ths. Transparent pixels are blended with white.</summary>
    private static void ToGrey(ReadOnlySpan<byte> bgra, Span<byte> grey)
    {
        for (var x = 0; x < grey.Length; x++)
        {
            int blue = bgra[4 * x], green = bgra[(4 * x) + 1], red = bgra[(4 * x) + 2], alpha = bgra[(4 * x) + 3];
            var luma = ((red * 77) + (green * 150) + (blue * 29) + 128) >> 8;
            grey[x] = (byte)(((luma * alpha) + (byte.MaxValue * (byte.MaxValue - alpha)) + (byte.MaxValue / 2)) / byte.MaxValue);
        }
    }
}

/// <summary>A picture file cannot be used. The message begins with the path and gives the reason.</summary>
public sealed class PictureFileException : Exception
{
    public PictureFileException(string message)
        : base(message)
    {
    }

    public PictureFileException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

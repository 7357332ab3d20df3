using SkiaSharp;

namespace Parking.Optics.Images;

/// <summary>Writes in <see cref="PixelFont"/> on a picture.</summary>
internal static class PixelText
{
    /// <summary>Picture pixels to one of a letter.</summary>
    private const int Scale = 2;

    public const int LineHeight = (PixelFont.Height * Scale) + 5;

    /// <summary>How many letters fit over a width.</summary>
    public static int MostOver(int width) => width / (PixelFont.Advance * Scale);

    /// <summary>Writes one line; what is longer than <paramref name="most"/> letters is cut off.</summary>
    public static void Write(SKCanvas canvas, string text, int left, int top, SKColor colour, int most)
    {
        using var paint = new SKPaint { Color = colour };
        for (var i = 0; i < Math.Min(text.Length, most); i++)
        {
            for (var pixel = 0; pixel < PixelFont.Width * PixelFont.Height; pixel++)
            {
                int x = pixel % PixelFont.Width, y = pixel / PixelFont.Width;
                if (PixelFont.IsSet(text[i], x, y))
                {
                    canvas.DrawRect(left + (((i * PixelFont.Advance) + x) * Scale), top + (y * Scale), Scale, Scale, paint);
                }
            }
        }
    }
}

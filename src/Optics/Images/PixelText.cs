using SkiaSharp;

namespace Parking.Optics.Images;

/// <summary>Writes text on a picture in <see cref="PixelFont"/>.</summary>
internal static class PixelText
{
    /// <summary>The side of a letter's pixel, in pixels of the picture.</summary>
    private const int Scale = 2;

    public const int LineHeight = (PixelFont.Height * Scale) + 5;

    /// <summary>The number of letters that fit into a width.</summary>
    public static int MostOver(int width) => width / (PixelFont.Advance * Scale);

    /// <summary>Writes one line of at most <paramref name="most"/> letters. The rest of the text is omitted.</summary>
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

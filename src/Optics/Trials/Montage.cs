using System.Globalization;
using Parking.Optics.Corpora;
using Parking.Optics.Images;
using SkiaSharp;

namespace Parking.Optics.Trials;

/// <summary>Draws the hardest frames on one sheet, each cropped to its symbol, with the known facts written below it.</summary>
public static class Montage
{
    private const int MostFrames = 40, Columns = 5;

    private const int TileWidth = 320, TileHeight = 240, Gap = 12, Line = PixelText.LineHeight, Head = 34;

    private const int CellWidth = TileWidth + Gap, CellHeight = TileHeight + (3 * Line) + Gap + 6;

    private static readonly SKColor Sheet = new(24, 26, 30), Bright = new(235, 235, 235), Dull = new(150, 155, 165), Red = new(255, 80, 80),
        Amber = new(255, 190, 60), Green = new(90, 210, 120);

    /// <summary>Draws the sheet and writes it to a file. An existing file is replaced.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(TrialResult result, string path)
    {
        var hardest = HardestFrames.Pick(result.Outcomes, MostFrames);
        var rows = Math.Max(1, (hardest.Count + Columns - 1) / Columns);
        using var bitmap = new SKBitmap((Columns * CellWidth) + Gap, (rows * CellHeight) + Head + Gap);
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(Sheet);
            Write(canvas, Title(result, hardest.Count), Gap, Gap, Bright);
            for (var i = 0; i < hardest.Count; i++)
            {
                DrawTile(canvas, hardest[i], Gap + (i % Columns * CellWidth), Head + Gap + (i / Columns * CellHeight));
            }
        }
        using var encoded = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        using var file = File.Create(path);
        encoded.SaveTo(file);
    }

    private static string Title(TrialResult result, int shown)
    {
        var unread = result.Outcomes.Count(static outcome => outcome.Verdict == Verdict.Unread);
        var wrong = result.Outcomes.Count(static outcome => outcome.Verdict == Verdict.Wrong);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"reader {result.Reader}: {result.Outcomes.Count} frames, {wrong} wrong, {unread} unread. the {shown} hardest:");
    }

    private static void DrawTile(SKCanvas canvas, FrameOutcome outcome, int left, int top)
    {
        var frame = outcome.Frame.Take();
        var colour = outcome.Verdict switch { Verdict.Wrong => Red, Verdict.Unread => Amber, _ => Green };
        var part = CutOut(frame);
        var tile = SKRect.Create(left, top, TileWidth, TileHeight);
        using (var picture = frame.Picture.ToBitmap())
        using (var image = SKImage.FromBitmap(picture))
        {
            canvas.DrawImage(image, part, tile, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        }
        DrawOutline(canvas, frame, part, tile, colour);
        using (var border = new SKPaint { Color = colour, Style = SKPaintStyle.Stroke, StrokeWidth = 2 })
        {
            canvas.DrawRect(tile, border);
        }
        var turned = frame.Turned == 0 ? "" : $" @{frame.Turned}";
        var took = outcome.Took is { } time ? string.Create(CultureInfo.InvariantCulture, $" {time.TotalMilliseconds:0.0} ms") : "";
        Write(canvas, $"{frame.Kind}{turned} #{frame.Index}", left, top + TileHeight + 6, Bright);
        Write(canvas, frame.Seed is { } seed ? $"seed {seed}" : "given", left, top + TileHeight + 6 + Line, Dull);
        Write(
            canvas,
            outcome.Verdict switch { Verdict.Wrong => $"wrong: {outcome.Text}", Verdict.Unread => "unread" + took, _ => "read" + took },
            left, top + TileHeight + 6 + (2 * Line), colour);
    }

    /// <summary>
    /// The part of the frame around the symbol, in the tile's aspect ratio; the whole frame if the symbol's place is not known.
    /// </summary>
    private static SKRect CutOut(TrueFrame frame)
    {
        const float Around = 1.35f, Shape = (float)TileWidth / TileHeight;
        float width = frame.Picture.Width, height = frame.Picture.Height, middleX = width / 2, middleY = height / 2;
        if (frame.Corners is { } corners)
        {
            float low = corners.Min(static corner => corner.X), high = corners.Max(static corner => corner.X),
                top = corners.Min(static corner => corner.Y), bottom = corners.Max(static corner => corner.Y);
            (middleX, middleY) = ((low + high) / 2, (top + bottom) / 2);
            (width, height) = ((high - low) * Around, (bottom - top) * Around);
        }
        // The part is extended to the tile's aspect ratio. Where it lies outside the frame, the tile stays dark.
        (width, height) = (MathF.Max(width, height * Shape), MathF.Max(height, width / Shape));
        return SKRect.Create(middleX - (width / 2), middleY - (height / 2), width, height);
    }

    private static void DrawOutline(SKCanvas canvas, TrueFrame frame, SKRect part, SKRect tile, SKColor colour)
    {
        if (frame.Corners is not { } corners)
        {
            return;
        }
        var scale = tile.Width / part.Width;
        SKPoint[] points = [.. corners.Select(
            corner => new SKPoint(tile.Left + ((corner.X - part.Left) * scale), tile.Top + ((corner.Y - part.Top) * scale)))];
        using var outline = new SKPaint { Color = colour, Style = SKPaintStyle.Stroke, StrokeWidth = 1.5f, IsAntialias = true };
        canvas.Save();
        canvas.ClipRect(tile);
        for (var i = 0; i < points.Length; i++)
        {
            canvas.DrawLine(points[i], points[(i + 1) % points.Length], outline);
        }
        // Marks the top left corner of the upright symbol.
        canvas.DrawCircle(points[0], 5, outline);
        canvas.Restore();
    }

    /// <summary>Writes a text, cut to the width of a tile; the title is cut to the width of the sheet.</summary>
    private static void Write(SKCanvas canvas, string text, int left, int top, SKColor colour) =>
        PixelText.Write(canvas, text, left, top, colour, PixelText.MostOver(TileWidth) * (top == Gap ? Columns : 1));
}

using Parking.Optics.Images;
using Parking.QrReader;
using SkiaSharp;

namespace Parking.Optics.Stages;

/// <summary>One panel of the sheet: a part of the frame, with marks at points of the frame.</summary>
internal sealed class StagePanel
{
    public const int Width = 416, Height = 312;

    /// <summary>Grey levels are rounded to multiples of this step. Otherwise invisible noise would make up most of the file.</summary>
    private const int GreyStep = 24;

    private readonly SKCanvas _canvas;
    private readonly SKRect _tile, _part;

    public StagePanel(SKCanvas canvas, int left, int top, SKRect part)
    {
        _canvas = canvas;
        _tile = SKRect.Create(left, top, Width, Height);
        // The part is extended to the panel's aspect ratio. Where it lies outside the frame, the panel stays dark.
        float width = MathF.Max(part.Width, part.Height * Width / Height), height = width * Height / Width;
        _part = SKRect.Create(part.MidX - (width / 2), part.MidY - (height / 2), width, height);
    }

    /// <summary>Panel pixels per pixel of the frame.</summary>
    public float Scale => Width / _part.Width;

    /// <summary>The part of a frame that contains these points, with a small margin.</summary>
    public static SKRect Around(FramePoint[] points)
    {
        const float More = 0.075f;
        float left = points.Min(static point => point.X), right = points.Max(static point => point.X),
            top = points.Min(static point => point.Y), bottom = points.Max(static point => point.Y);
        var part = SKRect.Create(left, top, right - left, bottom - top);
        part.Inflate(part.Width * More, part.Height * More);
        return part;
    }

    public void DrawPicture(GreyPicture picture)
    {
        using var bitmap = Coarse(picture).ToBitmap();
        using var image = SKImage.FromBitmap(bitmap);
        _canvas.DrawImage(image, _part, _tile, new SKSamplingOptions(SKFilterMode.Nearest));
    }

    public void DrawLine(FramePoint from, FramePoint to, SKColor colour)
    {
        using var paint = Stroke(colour);
        Draw(() => _canvas.DrawLine(Map(from), Map(to), paint));
    }

    /// <summary>Draws a ring around a point. The radius is in pixels of the frame.</summary>
    public void DrawRing(FramePoint middle, float radius, SKColor colour)
    {
        using var paint = Stroke(colour);
        Draw(() => _canvas.DrawCircle(Map(middle), MathF.Max(4, radius * Scale), paint));
    }

    public void DrawCross(FramePoint middle, SKColor colour)
    {
        const float Arm = 9;
        using var paint = Stroke(colour);
        var at = Map(middle);
        Draw(() =>
        {
            _canvas.DrawLine(at.X - Arm, at.Y - Arm, at.X + Arm, at.Y + Arm, paint);
            _canvas.DrawLine(at.X - Arm, at.Y + Arm, at.X + Arm, at.Y - Arm, paint);
        });
    }

    public void DrawDot(FramePoint middle, SKColor colour)
    {
        using var paint = new SKPaint { Color = colour };
        var at = Map(middle);
        Draw(() => _canvas.DrawRect(at.X - 1, at.Y - 1, 2, 2, paint));
    }

    /// <summary>Draws a square grid of coloured cells in the middle of the panel.</summary>
    /// <param name="size">The number of cells on each side.</param>
    /// <param name="colourOf">The colour of a cell, by its column and row.</param>
    public void DrawGrid(int size, Func<int, int, SKColor> colourOf)
    {
        var cell = Math.Max(1, Height / size);
        float left = _tile.MidX - (size * cell / 2), top = _tile.MidY - (size * cell / 2);
        using var paint = new SKPaint();
        for (var i = 0; i < size * size; i++)
        {
            int column = i % size, row = i / size;
            paint.Color = colourOf(column, row);
            _canvas.DrawRect(left + (column * cell), top + (row * cell), cell, cell, paint);
        }
    }

    private void Draw(Action draw)
    {
        _canvas.Save();
        _canvas.ClipRect(_tile);
        draw();
        _canvas.Restore();
    }

    private SKPoint Map(FramePoint point) =>
        new(_tile.Left + ((point.X - _part.Left) * Scale), _tile.Top + ((point.Y - _part.Top) * Scale));

    private static SKPaint Stroke(SKColor colour) => new() { Color = colour, Style = SKPaintStyle.Stroke, StrokeWidth = 2 };

    private static GreyPicture Coarse(GreyPicture picture) =>
        new(
            picture.Width, picture.Height,
            [.. picture.Pixels.Select(static pixel => (byte)Math.Min(byte.MaxValue, (pixel + (GreyStep / 2)) / GreyStep * GreyStep))]);
}

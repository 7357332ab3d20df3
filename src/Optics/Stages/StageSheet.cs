using System.Globalization;
using Parking.Optics.Corpora;
using Parking.Optics.Images;
using Parking.QrReader;
using Parking.QrReader.Decoding;
using SkiaSharp;

namespace Parking.Optics.Stages;

/// <summary>
/// Draws the steps from a frame to its text on one sheet: frame, dark plane with finder patterns, pose, modules, result. The panel of a
/// step that was not reached says so.
/// </summary>
public static class StageSheet
{
    private const int Gap = 12, Caption = (2 * PixelText.LineHeight) + 6, CellWidth = StagePanel.Width + Gap,
        CellHeight = StagePanel.Height + Caption + Gap;

    private const int Head = Gap + PixelText.LineHeight + 6, Foot = PixelText.LineHeight + Gap;

    private static readonly SKColor Sheet = new(24, 26, 30), Bright = new(235, 235, 235), Dull = new(150, 155, 165),
        Blank = new(40, 43, 50);

    private static readonly SKColor Red = new(255, 80, 80), Amber = new(255, 190, 60), Green = new(60, 200, 110), Blue = new(70, 140, 255),
        Unsure = new(235, 130, 30);

    /// <summary>Draws the sheet and writes it to a file. An existing file is replaced.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(TrueFrame frame, string path)
    {
        var stages = ReaderStages.Of(frame.Picture);
        using var bitmap = new SKBitmap(
            new SKImageInfo((2 * CellWidth) + Gap, Head + (2 * CellHeight) + Foot, SKColorType.Bgra8888, SKAlphaType.Opaque));
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(Sheet);
            var turned = frame.Turned == 0 ? "" : $" @{frame.Turned}";
            Write(canvas, $"{frame.Kind}{turned} #{frame.Index}{(frame.Seed is { } seed ? $" seed {seed}" : "")}", Gap, Gap, Bright);
            DrawFrame(canvas, stages);
            DrawPatterns(canvas, stages);
            DrawPose(canvas, stages);
            DrawModules(canvas, stages);
            var (result, colour) = Result(stages, frame.Text);
            Write(canvas, result, Gap, Head + (2 * CellHeight), colour);
        }
        // PNG's filters are made for photographs. On areas of few repeated colours they would double the size of the file.
        using var pixels = bitmap.PeekPixels();
        using var encoded = pixels.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.NoFilters, 9))
            ?? throw new InvalidOperationException("SkiaSharp cannot encode PNG.");
        using var file = File.Create(path);
        encoded.SaveTo(file);
    }

    private static void DrawFrame(SKCanvas canvas, ReaderStages stages) =>
        Panel(canvas, 0, stages, Whole(stages), "1 the frame", $"{stages.Frame.Width}x{stages.Frame.Height}").DrawPicture(stages.Frame);

    private static void DrawPatterns(SKCanvas canvas, ReaderStages stages)
    {
        var count = stages.Patterns.Count;
        var panel = Panel(
            canvas, 1, stages, Whole(stages), $"2 dark plane of view {stages.SearchedView}",
            count == 0 ? "no finder pattern" : Invariant($"candidates: {count}, best likeness {stages.Patterns[0].Likeness:0.00}"));
        panel.DrawPicture(stages.Plane);
        for (var i = count - 1; i >= 0; i--)
        {
            var pattern = stages.Patterns[i];
            var isCorner = stages.Corner is { } corner && (pattern.Middle == corner.TopLeft.Middle
                || pattern.Middle == corner.TopRight.Middle || pattern.Middle == corner.BottomLeft.Middle);
            panel.DrawRing(pattern.Middle, 4.5f * pattern.Narrowest, isCorner ? Green : Red);
        }
    }

    private static void DrawPose(SKCanvas canvas, ReaderStages stages)
    {
        if (stages.Pose is not { } fit || stages.Corner is not { } corner)
        {
            Panel(canvas, 2, stages, Whole(stages), "3 pose", stages.Patterns.Count < 2
                ? "none: too few patterns"
                : "none: no patterns form a corner").DrawPicture(stages.Frame);
            return;
        }
        int size = fit.Layout.Size;
        FramePoint[] outline = [fit.Pose.Map(0, 0), fit.Pose.Map(size, 0), fit.Pose.Map(size, size), fit.Pose.Map(0, size)];
        var panel = Panel(
            canvas, 2, stages, StagePanel.Around(outline), Invariant($"3 pose: version {fit.Layout.Version}, score {fit.Score:0.00}"),
            stages.HasHiddenPattern ? "third pattern assumed" : "three patterns");
        panel.DrawPicture(stages.Sampled!);
        DrawDots(panel, stages, fit.Layout.LightModules, Amber);
        DrawDots(panel, stages, fit.Layout.DarkModules, Blue);
        for (var i = 0; i < outline.Length; i++)
        {
            panel.DrawLine(outline[i], outline[(i + 1) % outline.Length], stages.Traced is null ? Red : Green);
        }
        Span<FramePoint> anchors = stackalloc FramePoint[4];
        fit.Layout.CopyAnchors(anchors);
        foreach (var anchor in anchors)
        {
            panel.DrawCross(fit.Pose.Map(anchor.X, anchor.Y), Red);
        }
        foreach (var pattern in new[] { corner.TopLeft, corner.TopRight, corner.BottomLeft })
        {
            panel.DrawRing(pattern.Middle, 4.5f * pattern.Narrowest, stages.Patterns.Contains(pattern) ? Green : Amber);
        }
    }

    private static void DrawDots(StagePanel panel, ReaderStages stages, ModuleCentres modules, SKColor colour)
    {
        for (var i = 0; i < modules.X.Length; i++)
        {
            panel.DrawDot(stages.Pose!.Value.Pose.Map(modules.X[i], modules.Y[i]), colour);
        }
    }

    private static void DrawModules(SKCanvas canvas, ReaderStages stages)
    {
        if (stages.Grid is not { } grid || stages.Pose is not { } fit)
        {
            Panel(canvas, 3, stages, Whole(stages), "4 modules", "none: no pose to sample");
            return;
        }
        var size = fit.Layout.Size;
        var sorted = grid.Confidence.ToArray();
        Array.Sort(sorted);
        var sure = MathF.Max(1, sorted[sorted.Length / 2]);
        Panel(canvas, 3, stages, Whole(stages), $"4 {size}x{size} modules from view {stages.SampledView}", "orange: unsure")
            .DrawGrid(size, (column, row) =>
        {
            var index = (row * size) + column;
            return Mixed(Unsure, grid.Dark[index] ? SKColors.Black : SKColors.White, MathF.Min(1, grid.Confidence[index] / sure));
        });
    }

    private static (string Text, SKColor Colour) Result(ReaderStages stages, string? truth) => stages.Reading switch
    {
        null when truth is null => ("nothing read", Amber),
        null => (stages.Traced is null ? "nothing read" : "nothing read within the effort", Amber),
        var reading => (Describe(reading, reading.Text == truth ? "read" : truth is null ? "read, truth unknown" : "wrong"),
            reading.Text == truth ? Green : Red),
    };

    private static string Describe(SymbolReading reading, string verdict) => Invariant(
        $"{verdict}: {reading.Version}-{reading.Level}, {reading.CorrectedCodewords} corrected, confidence {reading.Confidence:0.00}");

    private static StagePanel Panel(SKCanvas canvas, int place, ReaderStages stages, SKRect part, string title, string detail)
    {
        int left = Gap + (place % 2 * CellWidth), top = Head + (place / 2 * CellHeight);
        using var blank = new SKPaint { Color = Blank };
        canvas.DrawRect(left, top, StagePanel.Width, StagePanel.Height, blank);
        Write(canvas, title, left, top + StagePanel.Height + 6, Bright);
        Write(canvas, detail, left, top + StagePanel.Height + 6 + PixelText.LineHeight, Dull);
        return new StagePanel(canvas, left, top, part);
    }

    private static void Write(SKCanvas canvas, string text, int left, int top, SKColor colour) =>
        PixelText.Write(canvas, text, left, top, colour, PixelText.MostOver((2 * CellWidth) - Gap));

    private static SKRect Whole(ReaderStages stages) => SKRect.Create(stages.Frame.Width, stages.Frame.Height);

    private static SKColor Mixed(SKColor from, SKColor to, float share) => new(
        (byte)(from.Red + ((to.Red - from.Red) * share)), (byte)(from.Green + ((to.Green - from.Green) * share)),
        (byte)(from.Blue + ((to.Blue - from.Blue) * share)));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

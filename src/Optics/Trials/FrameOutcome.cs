using Parking.Optics.Corpora;

namespace Parking.Optics.Trials;

public enum Verdict
{
    /// <summary>The exact text was read. For a frame without a symbol: nothing was read.</summary>
    Right,

    /// <summary>Nothing was read, although there is a symbol.</summary>
    Unread,

    /// <summary>A different text was read, or any text from a frame without a symbol. A reader must never do this.</summary>
    Wrong,
}

/// <summary>The result of reading one frame.</summary>
/// <param name="Frame">Takes the frame again when it is needed.</param>
/// <param name="Kind">The name of the frame's kind.</param>
/// <param name="Turned">The angle by which the frame was rotated, in degrees clockwise.</param>
/// <param name="HasSymbol">Whether the frame has a symbol.</param>
/// <param name="Text">The text read; null if nothing was read.</param>
/// <param name="Verdict">Whether the text is right.</param>
/// <param name="Took">The duration of the reading; null if it was not measured.</param>
public sealed record FrameOutcome(
    PlannedFrame Frame, string Kind, int Turned, bool HasSymbol, string? Text, Verdict Verdict, TimeSpan? Took)
{
    public static FrameOutcome Of(PlannedFrame planned, TrueFrame frame, string? text, TimeSpan? took) =>
        new(
            planned, frame.Kind, frame.Turned, frame.Text is not null, text,
            text == frame.Text ? Verdict.Right : text is null ? Verdict.Unread : Verdict.Wrong, took);
}

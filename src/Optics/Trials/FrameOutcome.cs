using Parking.Optics.Corpora;

namespace Parking.Optics.Trials;

public enum Verdict
{
    /// <summary>The exact text; for a frame without a symbol, nothing.</summary>
    Right,

    /// <summary>Nothing, though there is a symbol.</summary>
    Unread,

    /// <summary>Another text, or any where there is no symbol. The one thing that a reader must never do.</summary>
    Wrong,
}

/// <summary>What came of one frame.</summary>
/// <param name="Frame">To take it once more.</param>
/// <param name="Kind">What was done to it.</param>
/// <param name="Turned">By how many degrees it was turned afterwards.</param>
/// <param name="HasSymbol">Whether there was something to read.</param>
/// <param name="Text">What was read; null: nothing.</param>
/// <param name="Verdict">Whether that is right.</param>
/// <param name="Took">How long it took, if that was measured.</param>
public sealed record FrameOutcome(
    PlannedFrame Frame, string Kind, int Turned, bool HasSymbol, string? Text, Verdict Verdict, TimeSpan? Took)
{
    public static FrameOutcome Of(PlannedFrame planned, TrueFrame frame, string? text, TimeSpan? took) =>
        new(
            planned, frame.Kind, frame.Turned, frame.Text is not null, text,
            text == frame.Text ? Verdict.Right : text is null ? Verdict.Unread : Verdict.Wrong, took);
}

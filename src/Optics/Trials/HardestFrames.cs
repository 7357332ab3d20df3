namespace Parking.Optics.Trials;

/// <summary>Selects the frames that a person should look at.</summary>
public static class HardestFrames
{
    /// <summary>
    /// Selects all frames that were read wrongly, then those that were not read, then the slowest of the others. Wrong and unread frames
    /// alternate between the kinds, so that one bad kind does not fill the sheet. Within a kind the slowest come first.
    /// </summary>
    public static IReadOnlyList<FrameOutcome> Pick(IReadOnlyList<FrameOutcome> outcomes, int most) =>
    [
        .. InTurns(outcomes, Verdict.Wrong)
            .Concat(InTurns(outcomes, Verdict.Unread))
            .Concat(outcomes.Where(static outcome => outcome is { Verdict: Verdict.Right, HasSymbol: true }).OrderByDescending(
                static outcome => outcome.Took))
            .Take(most),
    ];

    /// <summary>
    /// The hardest frame. If no frame has a symbol and nothing was read, it is the first frame. Null if no frame could be used.
    /// </summary>
    public static FrameOutcome? First(IReadOnlyList<FrameOutcome> outcomes) =>
        Pick(outcomes, most: 1) is [var hardest] ? hardest : outcomes.Count > 0 ? outcomes[0] : null;

    private static IEnumerable<FrameOutcome> InTurns(IReadOnlyList<FrameOutcome> outcomes, Verdict verdict) => outcomes
        .Where(outcome => outcome.Verdict == verdict)
        .GroupBy(static outcome => outcome.Kind)
        .SelectMany(
            static kind => kind.OrderByDescending(static outcome => outcome.Took).Select(static (outcome, place) => (outcome, place)))
        .OrderBy(static ranked => ranked.place)
        .Select(static ranked => ranked.outcome);
}

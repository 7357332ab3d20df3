namespace Parking.Optics.Trials;

/// <summary>The results of one reader on a corpus.</summary>
/// <param name="Reader">The reader's name.</param>
/// <param name="Outcomes">The result of each frame, in the order of the corpus.</param>
/// <param name="Unreadable">The files that could not be used, with the reasons.</param>
/// <param name="MakingOne">The mean duration of making or loading a frame on one processor.</param>
public sealed record TrialResult(string Reader, IReadOnlyList<FrameOutcome> Outcomes, IReadOnlyList<string> Unreadable, TimeSpan MakingOne)
{
    private static readonly HashSet<string> Posed = [.. DistortionSets.Posed.Select(static kind => kind.Name)];
    private static readonly HashSet<string> Classic = [.. DistortionSets.Classic.Select(static kind => kind.Name)];
    private static readonly HashSet<string> AtGates = [.. DistortionSets.AtGates.Select(static kind => kind.Name)];

    /// <summary>Whether no wrong text was read and every file could be used. The number of unread symbols does not matter.</summary>
    public bool IsGood => Unreadable.Count == 0 && Outcomes.All(static outcome => outcome.Verdict != Verdict.Wrong);

    /// <summary>One tally for each kind, in order of appearance.</summary>
    public IEnumerable<Tally> Kinds() => Outcomes.GroupBy(static outcome => outcome.Kind).Select(static kind => Tally.Of(kind.Key, kind));

    /// <summary>Tallies over several kinds: the sets, the rotations, and all frames.</summary>
    public IEnumerable<Tally> Totals()
    {
        Tally?[] totals =
        [
            Over("clean, turned, perspective", static outcome => Posed.Contains(outcome.Kind)),
            Over("the classic seventeen", static outcome => Classic.Contains(outcome.Kind)),
            Over("other kinds at gates", static outcome => AtGates.Contains(outcome.Kind)),
            .. TurnTotals(),
            Over("all with a symbol", static outcome => outcome.HasSymbol),
            Over("all without a symbol", static outcome => !outcome.HasSymbol),
        ];
        return totals.OfType<Tally>();
    }

    private IEnumerable<Tally?> TurnTotals()
    {
        int[] turns = [.. Outcomes.Select(static outcome => outcome.Turned).Distinct().Order()];
        return turns.Length < 2
            ? []
            : turns.Select(turn => Over($"turned by {turn}", outcome => outcome.HasSymbol && outcome.Turned == turn));
    }

    private Tally? Over(string name, Func<FrameOutcome, bool> isOne) => Outcomes.Any(isOne) ? Tally.Of(name, Outcomes.Where(isOne)) : null;
}

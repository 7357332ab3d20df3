namespace Parking.Optics.Trials;

/// <summary>What came of a corpus before one reader.</summary>
/// <param name="Reader">The reader's name.</param>
/// <param name="Outcomes">Of each frame, in the order of the corpus.</param>
/// <param name="Unreadable">The files that could not be used, and why.</param>
/// <param name="MakingOne">How long it took to make or load a frame, on one processor, on average.</param>
public sealed record TrialResult(string Reader, IReadOnlyList<FrameOutcome> Outcomes, IReadOnlyList<string> Unreadable, TimeSpan MakingOne)
{
    private static readonly HashSet<string> Posed = [.. DistortionSets.Posed.Select(static kind => kind.Name)];
    private static readonly HashSet<string> Classic = [.. DistortionSets.Classic.Select(static kind => kind.Name)];
    private static readonly HashSet<string> AtGates = [.. DistortionSets.AtGates.Select(static kind => kind.Name)];

    /// <summary>Nothing wrong was read, and every file could be used. How many symbols were read does not matter to it.</summary>
    public bool IsGood => Unreadable.Count == 0 && Outcomes.All(static outcome => outcome.Verdict != Verdict.Wrong);

    /// <summary>By kind, in the order in which they come.</summary>
    public IEnumerable<Tally> Kinds() => Outcomes.GroupBy(static outcome => outcome.Kind).Select(static kind => Tally.Of(kind.Key, kind));

    /// <summary>Over several kinds: the sets, the ways they were turned, and everything.</summary>
    public IEnumerable<Tally> Totals()
    {
        Tally?[] totals =
        [
            Over("clean, turned, perspective", static outcome => Posed.Contains(outcome.Kind)),
            Over("the classic seventeen", static outcome => Classic.Contains(outcome.Kind)),
            Over("what else gates meet", static outcome => AtGates.Contains(outcome.Kind)),
            .. TurnTotals(),
            Over("all with a symbol", static outcome => outcome.HasSymbol),
            Over("all without one", static outcome => !outcome.HasSymbol),
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

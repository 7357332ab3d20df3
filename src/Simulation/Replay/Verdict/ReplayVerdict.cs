namespace Parking.Simulation.Replay.Verdict;

/// <summary>Whether the books are right.</summary>
public sealed record ReplayVerdict
{
    public required IReadOnlyList<Mismatch> Mismatches { get; init; }

    public required VerdictCounts Counts { get; init; }

    public required IReadOnlyList<ConflictingStay> Conflicting { get; init; }

    public required IReadOnlyList<MoneyRow> Money { get; init; }

    public bool IsGood => Mismatches.Count == 0;
}

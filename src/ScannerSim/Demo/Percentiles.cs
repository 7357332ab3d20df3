namespace Parking.ScannerSim.Demo;

/// <summary>How long something took, over many times: by nearest rank, so that every value given is one that was measured.</summary>
/// <param name="Count">How many were measured.</param>
/// <param name="P50">Half took no longer.</param>
/// <param name="P95">95 of a hundred took no longer.</param>
/// <param name="P99">99 of a hundred took no longer.</param>
/// <param name="Max">None took longer.</param>
internal sealed record Percentiles(int Count, TimeSpan P50, TimeSpan P95, TimeSpan P99, TimeSpan Max)
{
    /// <summary>Computes them; null of nothing.</summary>
    public static Percentiles? Of(IEnumerable<TimeSpan> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0
            ? null
            : new Percentiles(sorted.Length, AtRank(sorted, 50), AtRank(sorted, 95), AtRank(sorted, 99), sorted[^1]);
    }

    /// <summary>The smallest value that at least this many percent do not exceed.</summary>
    private static TimeSpan AtRank(TimeSpan[] sorted, int percent) => sorted[(((sorted.Length * percent) + 99) / 100) - 1];
}

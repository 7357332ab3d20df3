namespace Parking.Optics.Trials;

/// <summary>How long something took, over many times: by nearest rank, so that every value given is one that was measured.</summary>
/// <param name="Count">How many were measured.</param>
/// <param name="P50">Half took no longer.</param>
/// <param name="P95">95 of a hundred took no longer.</param>
/// <param name="P99">99 of a hundred took no longer.</param>
/// <param name="Max">None took longer.</param>
public sealed record Percentiles(int Count, TimeSpan P50, TimeSpan P95, TimeSpan P99, TimeSpan Max)
{
    private const int Whole = 1000;

    /// <summary>Computes them; null of nothing.</summary>
    public static Percentiles? Of(IEnumerable<TimeSpan> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0
            ? null
            : new Percentiles(sorted.Length, AtRank(sorted, 500), AtRank(sorted, 950), AtRank(sorted, 990), sorted[^1]);
    }

    /// <summary>The smallest value that at least this share does not exceed.</summary>
    /// <param name="sorted">In ascending order; at least one.</param>
    /// <param name="perThousand">The share: 1 to 1000.</param>
    public static T AtRank<T>(IReadOnlyList<T> sorted, int perThousand) =>
        sorted[(int)((((long)sorted.Count * perThousand) + Whole - 1) / Whole) - 1];
}

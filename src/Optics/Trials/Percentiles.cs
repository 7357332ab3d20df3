namespace Parking.Optics.Trials;

/// <summary>Percentiles of many durations by nearest rank, so that every percentile is a measured value.</summary>
/// <param name="Count">The number of measured durations.</param>
/// <param name="P50">The median.</param>
/// <param name="P95">The 95th percentile.</param>
/// <param name="P99">The 99th percentile.</param>
/// <param name="Max">The maximum.</param>
public sealed record Percentiles(int Count, TimeSpan P50, TimeSpan P95, TimeSpan P99, TimeSpan Max)
{
    private const int Whole = 1000;

    /// <summary>Computes the percentiles; null if there are no values.</summary>
    public static Percentiles? Of(IEnumerable<TimeSpan> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0
            ? null
            : new Percentiles(sorted.Length, AtRank(sorted, 500), AtRank(sorted, 950), AtRank(sorted, 990), sorted[^1]);
    }

    /// <summary>The smallest value that is greater than or equal to at least this share of the values.</summary>
    /// <param name="sorted">The values in ascending order; at least one.</param>
    /// <param name="perThousand">The share: 1 to 1000.</param>
    public static T AtRank<T>(IReadOnlyList<T> sorted, int perThousand) =>
        sorted[(int)((((long)sorted.Count * perThousand) + Whole - 1) / Whole) - 1];
}

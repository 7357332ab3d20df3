using NodaTime;

namespace Parking.Simulation.Replay.Report;

/// <summary>How long something took, in milliseconds, by nearest rank: every value given is one that was measured.</summary>
public sealed record LatencyRow(LatencyKind Kind, int Count, double P50, double P90, double P99, double P999, double Max)
{
    private const int Whole = 1000;

    /// <summary>Null of nothing.</summary>
    public static LatencyRow? Of(LatencyKind kind, IEnumerable<Duration?> values)
    {
        var sorted = values.OfType<Duration>().Order().ToArray();
        return sorted.Length == 0 ? null : new(kind, sorted.Length, Rank(500), Rank(900), Rank(990), Rank(999), Rank(Whole));

        double Rank(int thousandths) => Math.Round(sorted[(int)((((long)sorted.Length * thousandths) + Whole - 1) / Whole) - 1].TotalMilliseconds, 3);
    }
}

using NodaTime;
using Parking.Optics.Trials;

namespace Parking.Simulation.Replay.Report;

/// <summary>How long something took, in milliseconds, by nearest rank: every value given is one that was measured.</summary>
public sealed record LatencyRow(LatencyKind Kind, int Count, double P50, double P90, double P99, double P999, double Max)
{
    /// <summary>Null of nothing.</summary>
    public static LatencyRow? Of(LatencyKind kind, IEnumerable<Duration?> values)
    {
        var sorted = values.OfType<Duration>().Order().ToArray();
        return sorted.Length == 0 ? null : new(kind, sorted.Length, Rank(500), Rank(900), Rank(990), Rank(999), Rank(1000));

        double Rank(int perThousand) => Math.Round(Percentiles.AtRank(sorted, perThousand).TotalMilliseconds, 3);
    }
}

using Parking.Optics.Trials;

namespace Parking.Simulation.Load;

/// <summary>How long something took, in milliseconds, by nearest rank: every value is one that was measured.</summary>
public sealed record LoadTimes(int Count, double P50, double P90, double P99, double P999, double Max)
{
    /// <summary>Computes them; null of nothing.</summary>
    public static LoadTimes? Of(IEnumerable<TimeSpan> values)
    {
        TimeSpan[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? null : new(sorted.Length, At(500), At(900), At(990), At(999), At(1000));

        double At(int perThousand) => Math.Round(Percentiles.AtRank(sorted, perThousand).TotalMilliseconds, 3);
    }
}

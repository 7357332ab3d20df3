using Parking.Optics.Trials;

namespace Parking.Simulation.Load;

/// <summary>
/// What a load came to. Taps and times are those of the measured window; memory is the most that was seen from the start on.
/// </summary>
public sealed record LoadResult
{
    public required int Gates { get; init; }

    public required double Rate { get; init; }

    public required double WarmUpSeconds { get; init; }

    public required double Seconds { get; init; }

    public required long Seed { get; init; }

    /// <summary>What the service ran on, and why.</summary>
    public required string Store { get; init; }

    /// <summary>Whether the gates' journals were written through to the disk.</summary>
    public required bool Syncs { get; init; }

    public required int Taps { get; init; }

    /// <summary>Taps that were over in a second, on average.</summary>
    public required double RateAchieved { get; init; }

    /// <summary>In milliseconds, from the moment the code was to be shown; null if there was no tap.</summary>
    public required LoadTimes? TapToOpen { get; init; }

    /// <summary>In milliseconds, as the service says it.</summary>
    public required LoadTimes? Decide { get; init; }

    /// <summary>Taps whose code was shown more than <see cref="LoadRun.LateAfter"/> after its moment.</summary>
    public required int LateStarts { get; init; }

    /// <summary>How late, in milliseconds.</summary>
    public required LoadTimes? Late { get; init; }

    /// <summary>Taps that took longer than gates wait by the service's word: elsewhere these gates would have decided alone.</summary>
    public required int OverBudget { get; init; }

    /// <summary>Taps that gates decided alone.</summary>
    public required int Alone { get; init; }

    public required int Refused { get; init; }

    /// <summary>Taps, the warm-up's among them, that were not decided as they should have been.</summary>
    public required int Unexpected { get; init; }

    /// <summary>Events that all gates wrote.</summary>
    public required long Events { get; init; }

    /// <summary>Those the service has not acknowledged in the end.</summary>
    public required long Unacknowledged { get; init; }

    /// <summary>The simulator's time on processors, in percent of one core.</summary>
    public required double ProcessorPercent { get; init; }

    public required double PeakWorkingSetMiB { get; init; }

    public required double PeakHeapMiB { get; init; }

    public bool IsGood => Unexpected == 0 && Alone == 0 && Unacknowledged == 0;
}

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

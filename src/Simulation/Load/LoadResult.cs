using Parking.Optics.Trials;

namespace Parking.Simulation.Load;

/// <summary>The result of a load. Taps and times are those of the measured window; memory is the maximum since the start.</summary>
public sealed record LoadResult
{
    public required int Gates { get; init; }

    public required double Rate { get; init; }

    public required double WarmUpSeconds { get; init; }

    public required double Seconds { get; init; }

    public required long Seed { get; init; }

    /// <summary>The service's store and the reason for it.</summary>
    public required string Store { get; init; }

    /// <summary>Whether the gates' journals were flushed to the disk.</summary>
    public required bool Syncs { get; init; }

    public required int Taps { get; init; }

    /// <summary>Finished taps per second, on average.</summary>
    public required double RateAchieved { get; init; }

    /// <summary>In milliseconds, from the time when the code was to be shown; null if there was no tap.</summary>
    public required LoadTimes? TapToOpen { get; init; }

    /// <summary>In milliseconds, as the service reports them.</summary>
    public required LoadTimes? Decide { get; init; }

    /// <summary>Taps whose code was shown more than <see cref="LoadRun.LateAfter"/> after it was due.</summary>
    public required int LateStarts { get; init; }

    /// <summary>The delays of the showings, in milliseconds.</summary>
    public required LoadTimes? Late { get; init; }

    /// <summary>Taps that took longer than the feed tells gates to wait. In operation these gates would have decided alone.</summary>
    public required int OverBudget { get; init; }

    /// <summary>Taps that gates decided alone.</summary>
    public required int Alone { get; init; }

    public required int Refused { get; init; }

    /// <summary>Taps with an unexpected decision, warm-up included.</summary>
    public required int Unexpected { get; init; }

    /// <summary>Events written by all gates.</summary>
    public required long Events { get; init; }

    /// <summary>Events that were not acknowledged at the end.</summary>
    public required long Unacknowledged { get; init; }

    /// <summary>The simulator's processor time, in percent of one core.</summary>
    public required double ProcessorPercent { get; init; }

    /// <summary>The service's processor time, in percent of one core, without that of a Redis.</summary>
    public required double ServiceProcessorPercent { get; init; }

    /// <summary>The number of screens that watched the whole city.</summary>
    public required int Screens { get; init; }

    /// <summary>The hub's messages that each screen heard in a second, on average; 0 without screens.</summary>
    public required double MessagesPerScreen { get; init; }

    /// <summary>The size of these messages, in KiB a second.</summary>
    public required double KibibytesPerScreen { get; init; }

    public required double PeakWorkingSetMiB { get; init; }

    public required double PeakHeapMiB { get; init; }

    public bool IsGood => Unexpected == 0 && Alone == 0 && Unacknowledged == 0;
}

/// <summary>Percentiles of durations in milliseconds, by nearest rank: every value was measured.</summary>
public sealed record LoadTimes(int Count, double P50, double P90, double P99, double P999, double Max)
{
    /// <summary>Computes the percentiles; null if there are no values.</summary>
    public static LoadTimes? Of(IEnumerable<TimeSpan> values)
    {
        TimeSpan[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? null : new(sorted.Length, At(500), At(900), At(990), At(999), At(1000));

        double At(int perThousand) => Math.Round(Percentiles.AtRank(sorted, perThousand).TotalMilliseconds, 3);
    }
}

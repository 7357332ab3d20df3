using System.Collections.Immutable;
using NodaTime;

namespace Parking.Tariffs.Rates;

/// <summary>Hours on certain days. APDS: <c>activeTimes</c>.</summary>
public sealed record ActiveTime
{
    internal ActiveTime()
    {
    }

    /// <summary>On which days it begins; empty: on every day. See rule 5 for what a day is called.</summary>
    public ImmutableArray<DayName> Days { get; init; } = [];

    /// <summary>In which ranges of dates it begins; empty: on every date.</summary>
    public ImmutableArray<DateRange> Dates { get; init; } = [];

    /// <summary>From when, inclusive; null together with <see cref="EndTime"/>: the whole day.</summary>
    public LocalTime? StartTime { get; init; }

    /// <summary>
    /// Until when, exclusive (inclusive for the exit times of a condition). Midnight is the end of the day. Not later than <see cref="StartTime"/>: on the next day (rule 4).
    /// </summary>
    public LocalTime? EndTime { get; init; }
}

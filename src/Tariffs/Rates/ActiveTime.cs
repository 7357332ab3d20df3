using System.Collections.Immutable;
using NodaTime;

namespace Parking.Tariffs.Rates;

/// <summary>Hours on certain days. APDS: <c>activeTimes</c>.</summary>
public sealed record ActiveTime
{
    internal ActiveTime()
    {
    }

    /// <summary>The days on which it begins; empty for every day. Rule 5 defines the day names.</summary>
    public ImmutableArray<DayName> Days { get; init; } = [];

    /// <summary>The date ranges in which it begins; empty for every date.</summary>
    public ImmutableArray<DateRange> Dates { get; init; } = [];

    /// <summary>The start, inclusive; null, together with <see cref="EndTime"/>, for the whole day.</summary>
    public LocalTime? StartTime { get; init; }

    /// <summary>
    /// The end, exclusive (inclusive for the exit times of a condition). Midnight is the end of the day. An end not later than
    /// <see cref="StartTime"/> is on the next day (rule 4).
    /// </summary>
    public LocalTime? EndTime { get; init; }
}

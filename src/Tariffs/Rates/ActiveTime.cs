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

/// <summary>The day names of a tariff (rule 5).</summary>
public enum DayName
{
    /// <summary>Monday.</summary>
    Mon = 1,

    /// <summary>Tuesday.</summary>
    Tue = 2,

    /// <summary>Wednesday.</summary>
    Wed = 3,

    /// <summary>Thursday.</summary>
    Thu = 4,

    /// <summary>Friday.</summary>
    Fri = 5,

    /// <summary>Saturday.</summary>
    Sat = 6,

    /// <summary>Sunday.</summary>
    Sun = 7,

    /// <summary>A workday by the holiday calendar.</summary>
    Workday,

    /// <summary>A day off by the holiday calendar.</summary>
    RestDay,

    /// <summary>A public holiday by the holiday calendar.</summary>
    PublicHoliday,

    /// <summary>The day before a public holiday that is not itself a public holiday.</summary>
    HolidayEve,
}

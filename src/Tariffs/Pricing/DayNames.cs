using System.Collections.Immutable;
using NodaTime;
using Parking.Tariffs.Calendars;
using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Pricing;

/// <summary>The name of a date in a list of times (rule 5): the most specific name that the list uses.</summary>
internal sealed class DayNames
{
    private readonly HolidayCalendar? _calendar;
    private readonly bool _usesPublicHoliday;
    private readonly bool _usesHolidayEve;

    public DayNames(IEnumerable<ActiveTime> times, HolidayCalendar? calendar)
    {
        var used = times.SelectMany(time => time.Days).ToHashSet();
        _calendar = calendar;
        _usesPublicHoliday = used.Contains(DayName.PublicHoliday);
        _usesHolidayEve = used.Contains(DayName.HolidayEve);
    }

    /// <summary>Whether a time begins on a date.</summary>
    public bool Begins(ActiveTime time, LocalDate date) =>
        (time.Days.IsEmpty || IsCalledOneOf(time.Days, date))
        && (time.Dates.IsEmpty || time.Dates.Any(range => range.Contains(date)));

    private bool IsCalledOneOf(ImmutableArray<DayName> names, LocalDate date)
    {
        if (_usesPublicHoliday && _calendar!.IsPublicHoliday(date))
        {
            return names.Contains(DayName.PublicHoliday);
        }

        if (_usesHolidayEve && _calendar!.IsHolidayEve(date))
        {
            return names.Contains(DayName.HolidayEve);
        }

        return names.Contains((DayName)date.DayOfWeek)
            || (_calendar is not null && names.Contains(_calendar.IsWorkday(date) ? DayName.Workday : DayName.RestDay));
    }
}

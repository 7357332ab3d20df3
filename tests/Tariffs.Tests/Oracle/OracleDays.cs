using NodaTime;
using Parking.Tariffs.Calendars;
using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Tests.Oracle;

/// <summary>
/// When active times hold, by what the tariff's clock shows (rules 4 and 5). One for each list whose words count together.
/// </summary>
internal sealed class OracleDays(IEnumerable<ActiveTime> times, HolidayCalendar? calendar)
{
    /// <summary>Seconds of a day on the clock.</summary>
    public const long Day = 86_400;

    private readonly HashSet<DayName> _wordsUsed = [.. times.SelectMany(time => time.Days)];

    /// <summary>The date that the clock shows, in days since 1970, which may be negative.</summary>
    public static long DateOf(long shown) => (long)Math.Floor((decimal)shown / Day);

    /// <summary>
    /// Rule 21: start inclusive, end exclusive. The end of an exit time is inclusive: whoever leaves at it was there until the second
    /// before.
    /// </summary>
    public bool HoldsAt(ActiveTime time, long shown) => Spans(time, DateOf(shown)).Any(span => span.From <= shown && shown < span.To);

    /// <summary>The hours of an active time that begin on a date or on the date before it (rule 4), in seconds of the clock.</summary>
    public IEnumerable<(long From, long To)> Spans(ActiveTime time, long date)
    {
        for (var day = date - 1; day <= date; day++)
        {
            if (BeginsOn(time, new LocalDate(1970, 1, 1).PlusDays((int)day)))
            {
                var start = Seconds(time.StartTime ?? LocalTime.Midnight);
                var end = time.EndTime is not { } given || given == LocalTime.Midnight ? Day : Seconds(given);
                yield return ((day * Day) + start, (day * Day) + end + (end <= start ? Day : 0));
            }
        }
    }

    private bool BeginsOn(ActiveTime time, LocalDate date) =>
        (time.Days.IsEmpty || time.Days.Any(name => IsCalled(date, name)))
        && (time.Dates.IsEmpty || time.Dates.Any(range => range.Contains(date)));

    /// <summary>Rule 5.</summary>
    private bool IsCalled(LocalDate date, DayName name)
    {
        if (_wordsUsed.Contains(DayName.PublicHoliday) && calendar!.IsPublicHoliday(date))
        {
            return name == DayName.PublicHoliday;
        }

        if (_wordsUsed.Contains(DayName.HolidayEve) && !calendar!.IsPublicHoliday(date) && calendar.IsPublicHoliday(date.PlusDays(1)))
        {
            return name == DayName.HolidayEve;
        }

        return name switch
        {
            DayName.Workday => calendar!.IsWorkday(date),
            DayName.RestDay => !calendar!.IsWorkday(date),
            _ => (int)name == (int)date.DayOfWeek,
        };
    }

    private static long Seconds(LocalTime time) => (time.Hour * 3600) + (time.Minute * 60) + time.Second;
}

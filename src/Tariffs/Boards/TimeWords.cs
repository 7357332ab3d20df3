using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Boards;

/// <summary>Describes hours, days and dates.</summary>
internal static class TimeWords
{
    /// <summary>The least number of consecutive days that are written as a range.</summary>
    private const int LeastRun = 3;

    private static readonly string[] EnglishMonths =
        ["", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    /// <summary>Describes active times: <c>周一至周五 08:00–20:00 / Mon–Fri 08:00–20:00</c>.</summary>
    public static LocalizedText Of(ImmutableArray<ActiveTime> times) => Words.Join("、", ", ", times.Select(Of));

    /// <summary>An instant in the tariff's time zone.</summary>
    public static LocalizedText Of(Instant instant, DateTimeZone zone)
    {
        var local = instant.InZone(zone).LocalDateTime;
        return new($"{Chinese(local.Date)} {Clock(local.TimeOfDay)}", $"{English(local.Date)} {Clock(local.TimeOfDay)}");
    }

    private static LocalizedText Of(ActiveTime time)
    {
        var parts = new List<LocalizedText>();
        if (!time.Dates.IsEmpty)
        {
            parts.Add(Words.Join("、", ", ", time.Dates.Select(Of)));
        }

        if (!time.Days.IsEmpty)
        {
            parts.Add(Of(time.Days));
        }

        if (time is { StartTime: { } start, EndTime: { } end })
        {
            parts.Add(Of(start, end, beginsOnCertainDays: parts.Count > 0));
        }

        return Words.Join(" ", " ", parts);
    }

    /// <summary>The hours. "Next day" is omitted for a night that begins on any day.</summary>
    private static LocalizedText Of(LocalTime start, LocalTime end, bool beginsOnCertainDays)
    {
        var wraps = end != LocalTime.Midnight && end <= start;
        var until = end == LocalTime.Midnight ? "24:00" : Clock(end);
        return wraps && beginsOnCertainDays
            ? new($"{Clock(start)}–次日{until}", $"{Clock(start)}–{until} next day")
            : new($"{Clock(start)}–{until}", $"{Clock(start)}–{until}");
    }

    private static LocalizedText Of(ImmutableArray<DayName> days)
    {
        var words = new List<LocalizedText>();
        for (var i = 0; i < days.Length;)
        {
            var run = RunFrom(days, i);
            if (run >= LeastRun)
            {
                var (first, last) = (Of(days[i]), Of(days[i + run - 1]));
                words.Add(new($"{first.Zh}至{last.Zh}", $"{first.En}–{last.En}"));
                i += run;
            }
            else
            {
                words.Add(Of(days[i]));
                i++;
            }
        }

        return Words.Join("、", ", ", words);
    }

    /// <summary>The number of consecutive weekdays from a place in the list.</summary>
    private static int RunFrom(ImmutableArray<DayName> days, int start)
    {
        var length = 1;
        while (start + length < days.Length && days[start + length] <= DayName.Sun
            && (int)days[start + length] == (int)days[start + length - 1] + 1)
        {
            length++;
        }

        return length;
    }

    private static LocalizedText Of(DayName day) => day switch
    {
        DayName.Mon => new("周一", "Mon"),
        DayName.Tue => new("周二", "Tue"),
        DayName.Wed => new("周三", "Wed"),
        DayName.Thu => new("周四", "Thu"),
        DayName.Fri => new("周五", "Fri"),
        DayName.Sat => new("周六", "Sat"),
        DayName.Sun => new("周日", "Sun"),
        DayName.Workday => new("工作日", "workdays"),
        DayName.RestDay => new("休息日", "rest days"),
        DayName.PublicHoliday => new("法定节假日", "public holidays"),
        _ => new("法定节假日前一天", "the day before a public holiday"),
    };

    private static LocalizedText Of(DateRange range) => range switch
    {
        { From: { } from, To: { } to } => FromTo(from == to, new(Chinese(from), English(from)), new(Chinese(to), English(to))),
        { EveryYearFrom: { } from, EveryYearTo: { } to } => FromTo(from == to, EveryYear(from), EveryYear(to)),
        _ => throw new ArgumentException("A range has both ends.", nameof(range)),
    };

    private static LocalizedText FromTo(bool isOneDay, LocalizedText from, LocalizedText to) =>
        isOneDay ? from : new($"{from.Zh}至{to.Zh}", $"{from.En} to {to.En}");

    private static LocalizedText EveryYear(AnnualDate date) =>
        new(
            string.Create(CultureInfo.InvariantCulture, $"{date.Month}月{date.Day}日"),
            string.Create(CultureInfo.InvariantCulture, $"{date.Day} {EnglishMonths[date.Month]}"));

    private static string Chinese(LocalDate date) => string.Create(CultureInfo.InvariantCulture, $"{date.Year}年{date.Month}月{date.Day}日");

    private static string English(LocalDate date) =>
        string.Create(CultureInfo.InvariantCulture, $"{date.Day} {EnglishMonths[date.Month]} {date.Year}");

    private static string Clock(LocalTime time) =>
        time.Second == 0 ? time.ToString("HH:mm", CultureInfo.InvariantCulture) : time.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
}

using System.Collections.Immutable;
using NodaTime;
using NodaTime.Text;
using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Documents;

/// <summary>Reads hours on certain days.</summary>
internal static class ActiveTimeReader
{
    private const int MaxTimes = 64;
    private const int MaxRanges = 64;

    private static readonly LocalTimePattern TimePattern = LocalTimePattern.CreateWithInvariantCulture("HH:mm");
    private static readonly LocalDatePattern DatePattern = LocalDatePattern.CreateWithInvariantCulture("uuuu-MM-dd");

    /// <summary>29 February is a day of every year to whoever writes a range of days, so a leap year reads them.</summary>
    private const string LeapYear = "2000-";

    /// <summary>Reads a list of them. The names of days that only a calendar can give are noted in <paramref name="calendarWords"/>.</summary>
    public static ImmutableArray<ActiveTime> ReadList(DocumentNode node, CalendarWords calendarWords)
    {
        var expected = Expect.List("objects with days, dates, or startTime and endTime", MaxTimes);
        return [.. node.Items(expected, MaxTimes).Select(item => Read(item, calendarWords)).OfType<ActiveTime>()];
    }

    private static ActiveTime? Read(DocumentNode node, CalendarWords calendarWords)
    {
        if (!node.IsObject("days", "dates", "startTime", "endTime"))
        {
            return null;
        }

        var errorsBefore = node.ErrorCount;
        var days = node.Optional("days") is { } daysNode ? ReadDays(daysNode, calendarWords) : [];
        var dates = node.Optional("dates") is { } datesNode ? ReadDates(datesNode) : [];
        var (start, end) = ReadHours(node);
        if (node.ErrorCount == errorsBefore && days.IsEmpty && dates.IsEmpty && start is null)
        {
            node.Reject("nothing is said here", "at least one of days, dates, or startTime with endTime");
        }

        return new() { Days = days, Dates = dates, StartTime = start, EndTime = end };
    }

    private static ImmutableArray<DayName> ReadDays(DocumentNode node, CalendarWords calendarWords)
    {
        var expected = Expect.List($"{string.Join(", ", DocumentWords.Days.ToArray().Select(day => day.Word))}, each once", DocumentWords.Days.Length);
        var days = new List<DayName>();
        foreach (var item in node.Items(expected, DocumentWords.Days.Length))
        {
            if (item.OneOf(DocumentWords.Days) is not { } day)
            {
                continue;
            }

            if (days.Contains(day))
            {
                item.Reject("the day stands in the list already", "each day once");
            }

            days.Add(day);
            if (day > DayName.Sun)
            {
                calendarWords.Note(item.Path);
            }
        }

        return [.. days];
    }

    private static ImmutableArray<DateRange> ReadDates(DocumentNode node)
    {
        var expected = Expect.List("objects with from and to", MaxRanges);
        return [.. node.Items(expected, MaxRanges).Select(ReadRange).OfType<DateRange>()];
    }

    private static DateRange? ReadRange(DocumentNode node)
    {
        if (!node.IsObject("from", "to"))
        {
            return null;
        }

        var (from, to) = (node.Required("from", Expect.Date), node.Required("to", Expect.Date));
        if (ReadDate(from) is not { } first || ReadDate(to) is not { } last)
        {
            return null;
        }

        if (first.EveryYear != last.EveryYear)
        {
            to!.Reject("one date has a year and the other has none", first.EveryYear ? "MM-dd, as in from" : "yyyy-MM-dd, as in from");
            return null;
        }

        if (first.EveryYear)
        {
            return DateRange.EveryYear(new(first.Date.Month, first.Date.Day), new(last.Date.Month, last.Date.Day));
        }

        if (last.Date < first.Date)
        {
            to!.Reject("the last date is before the first", "the same date or a later one");
            return null;
        }

        return DateRange.Between(first.Date, last.Date);
    }

    private static (LocalDate Date, bool EveryYear)? ReadDate(DocumentNode? node)
    {
        if (node?.Text(Expect.Date) is not { } text)
        {
            return null;
        }

        var everyYear = text.Length == "MM-dd".Length;
        if (DatePattern.Parse(everyYear ? LeapYear + text : text) is { Success: true, Value: { Year: >= 1900 and < 3000 } date })
        {
            return (date, everyYear);
        }

        node.Reject($"{DocumentNode.Show(text)} is no date", Expect.Date);
        return null;
    }

    private static (LocalTime? Start, LocalTime? End) ReadHours(DocumentNode node)
    {
        var (startNode, endNode) = (node.Optional("startTime"), node.Optional("endTime"));
        if (startNode is null != endNode is null)
        {
            node.Reject(startNode is null ? "startTime" : "endTime", "only one of startTime and endTime is there", "both, or neither for the whole day");
            return default;
        }

        if (startNode is null)
        {
            return default;
        }

        var (start, end) = (ReadTime(startNode, Expect.TimeOfDay), ReadTime(endNode!, Expect.EndOfTime));
        return start is null || end is null || !HoursMakeSense(startNode, endNode!, start, end) ? default : (ToTime(start), ToTime(end));
    }

    /// <summary>A time as it is written, since 00:00 and 24:00 are the same <see cref="LocalTime"/>.</summary>
    private static string? ReadTime(DocumentNode node, string expected)
    {
        var text = node.Text(expected);
        if (text is null or "24:00" || TimePattern.Parse(text).Success)
        {
            return text;
        }

        node.Reject($"{DocumentNode.Show(text)} is no time of day", expected);
        return null;
    }

    private static bool HoursMakeSense(DocumentNode startNode, DocumentNode endNode, string start, string end)
    {
        if (start == "24:00")
        {
            startNode.Reject("a day does not begin at its end", "00:00");
            return false;
        }

        if (start == end)
        {
            endNode.Reject("it ends when it begins", "both left out for the whole day, or another time");
            return false;
        }

        if (end == "00:00")
        {
            endNode.Reject("00:00 is the beginning of a day", "24:00 for its end");
            return false;
        }

        return true;
    }

    private static LocalTime ToTime(string text) => text == "24:00" ? LocalTime.Midnight : TimePattern.Parse(text).GetValueOrThrow();
}

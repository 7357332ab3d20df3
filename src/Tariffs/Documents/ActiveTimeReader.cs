using System.Collections.Immutable;
using NodaTime;
using NodaTime.Text;
using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Documents;

/// <summary>Reads active times: hours on certain days.</summary>
internal static class ActiveTimeReader
{
    private const int MaxTimes = 64;
    private const int MaxRanges = 64;

    private static readonly LocalTimePattern TimePattern = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <summary>Reads a list. It records day names that need a calendar in <paramref name="context"/>.</summary>
    public static ImmutableArray<ActiveTime> ReadList(DocumentNode node, ReadingContext context)
    {
        var expected = Expect.List("objects with days, dates, or startTime and endTime", MaxTimes);
        return [.. node.Items(expected, MaxTimes).Select(item => Read(item, context)).OfType<ActiveTime>()];
    }

    private static ActiveTime? Read(DocumentNode node, ReadingContext context)
    {
        var errorsBefore = node.ErrorCount;
        if (!node.IsObject("days", "dates", "startTime", "endTime"))
        {
            return null;
        }

        var days = node.Optional("days") is { } daysNode ? ReadDays(daysNode, context) : [];
        var dates = node.Optional("dates") is { } datesNode ? ReadDates(datesNode) : [];
        var (start, end) = ReadHours(node);
        if (node.ErrorCount == errorsBefore && days.IsEmpty && dates.IsEmpty && start is null)
        {
            node.Reject("nothing is said here", "at least one of days, dates, or startTime with endTime");
        }

        return new() { Days = days, Dates = dates, StartTime = start, EndTime = end };
    }

    private static ImmutableArray<DayName> ReadDays(DocumentNode node, ReadingContext context)
    {
        var expected = Expect.List($"{DocumentWords.List(DocumentWords.Days)}, each once", DocumentWords.Days.Length);
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
                context.FirstCalendarWord ??= item.Path;
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
        if (from?.Text(Expect.Date) is not { } fromText || to?.Text(Expect.Date) is not { } toText)
        {
            return null;
        }

        if (DateText.ParseAnnual(fromText) is { } firstDay && DateText.ParseAnnual(toText) is { } lastDay)
        {
            return DateRange.EveryYear(firstDay, lastDay);
        }

        if (DateText.Parse(fromText) is { } first && DateText.Parse(toText) is { } last)
        {
            if (first <= last)
            {
                return DateRange.Between(first, last);
            }

            to.Reject("the last date is before the first", "the same date or a later one");
            return null;
        }

        RejectDates(from, fromText, to, toText);
        return null;
    }

    private static void RejectDates(DocumentNode from, string fromText, DocumentNode to, string toText)
    {
        var areDates = true;
        foreach (var (node, text) in new[] { (from, fromText), (to, toText) })
        {
            if (DateText.Parse(text) is null && DateText.ParseAnnual(text) is null)
            {
                node.Reject($"{DocumentNode.Show(text)} is no date", Expect.Date);
                areDates = false;
            }
        }

        if (areDates)
        {
            to.Reject(
                "one date has a year and the other has none",
                DateText.Parse(fromText) is null ? "MM-dd, as in from" : "yyyy-MM-dd, as in from");
        }
    }

    private static (LocalTime? Start, LocalTime? End) ReadHours(DocumentNode node)
    {
        var (startNode, endNode) = (node.Optional("startTime"), node.Optional("endTime"));
        if (startNode is null != endNode is null)
        {
            node.Reject(
                startNode is null ? "startTime" : "endTime", "only one of startTime and endTime is there",
                "both, or neither for the whole day");
            return default;
        }

        if (startNode is null)
        {
            return default;
        }

        var (start, end) = (ReadTime(startNode, Expect.TimeOfDay), ReadTime(endNode!, Expect.EndOfTime));
        return start is null || end is null || !HoursMakeSense(startNode, endNode!, start, end) ? default : (ToTime(start), ToTime(end));
    }

    /// <summary>Reads a time as text, because 00:00 and 24:00 are the same <see cref="LocalTime"/>.</summary>
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

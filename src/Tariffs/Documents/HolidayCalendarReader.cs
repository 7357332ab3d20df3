using NodaTime;
using Parking.Tariffs.Calendars;

namespace Parking.Tariffs.Documents;

/// <summary>Reads a holiday calendar from JSON, or reports all errors in it. <c>Calendars/CN.json</c> is an example.</summary>
public static class HolidayCalendarReader
{
    /// <summary>The largest document, in bytes. A larger one is refused without reading it.</summary>
    public const int MaxBytes = 256 * 1024;

    private const int MinYear = 2000;
    private const int MaxYear = 2099;
    private const int MaxYears = 100;
    private const int MaxHolidays = 60;
    private const int MaxDates = 120;
    private const string ExpectedId = "1 to 32 letters, digits and -, such as CN";
    private const string ExpectedSource = "who published the dates";
    private const string ExpectedDate = "a date of the year, such as 2026-05-01";

    /// <summary>The calendars that come with the library: <c>CN</c>.</summary>
    public static HolidayCalendars BuiltIn { get; } = new([Read(EmbeddedFile.Read("CN.json"))]);

    /// <summary>Reads a document.</summary>
    /// <param name="content">UTF-8 JSON.</param>
    /// <exception cref="TariffDocumentException">The document is too large, not JSON, or not a holiday calendar.</exception>
    public static HolidayCalendar Read(ReadOnlyMemory<byte> content)
    {
        using var document = DocumentText.Parse(content, MaxBytes);
        var errors = new List<DocumentError>();
        return Read(new DocumentNode(document.RootElement, "$", errors)) ?? throw new TariffDocumentException(errors);
    }

    private static HolidayCalendar? Read(DocumentNode node)
    {
        var errorsBefore = node.ErrorCount;
        if (!node.IsObject("format", "id", "source", "note", "years"))
        {
            return null;
        }

        node.RequiredNumber("format", 1, 1);
        var id = ReadId(node);
        var source = node.Required("source", ExpectedSource)?.Text(ExpectedSource) ?? "";
        node.Optional("note")?.Text("a text for people");
        var days = new CalendarDays();
        var years = ReadYears(node, days);
        return node.ErrorCount == errorsBefore
            ? new(id, source, new(new(years[0], 1, 1), new(years[^1], 12, 31)), days.PublicHolidays, days.DaysOff, days.WorkedDays)
            : null;
    }

    private static string ReadId(DocumentNode node)
    {
        var field = node.Required("id", ExpectedId);
        var id = field?.Text(ExpectedId);
        if (id is not null && (id.Length is 0 or > 32 || !id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')))
        {
            field!.Reject($"the id {DocumentNode.Show(id)} is not well-formed", ExpectedId);
        }

        return id ?? "";
    }

    private static List<int> ReadYears(DocumentNode node, CalendarDays days)
    {
        var expected = Expect.List("years", MaxYears);
        var years = new List<int>();
        foreach (var item in node.Required("years", expected)?.Items(expected, MaxYears) ?? [])
        {
            if (!item.IsObject("year", "source", "note", "publicHolidays", "daysOff", "workedDays"))
            {
                continue;
            }

            var year = (int?)item.Required("year", Expect.WholeNumber(MinYear, MaxYear))?.WholeNumber(MinYear, MaxYear);
            item.Required("source", ExpectedSource)?.Text(ExpectedSource);
            item.Optional("note")?.Text("a text for people");
            if (year is null)
            {
                continue;
            }

            if (years.Count > 0 && year != years[^1] + 1)
            {
                item.Reject("year", $"{year} comes after {years[^1]}", $"{years[^1] + 1}");
            }

            years.Add(year.Value);
            ReadDays(item, year.Value, days);
        }

        return years;
    }

    private static void ReadDays(DocumentNode node, int year, CalendarDays days)
    {
        var expected = Expect.List("objects with name and dates", MaxHolidays);
        foreach (var item in node.Required("publicHolidays", expected)?.Items(expected, MaxHolidays) ?? [])
        {
            if (item.IsObject("name", "dates"))
            {
                var name = item.RequiredName();
                foreach (var (date, at) in ReadDates(item.Required("dates", "a list of dates"), year))
                {
                    days.AddPublicHoliday(date, name, at);
                }
            }
        }

        foreach (var (date, at) in ReadDates(node.Optional("daysOff"), year))
        {
            days.AddDayOff(date, at);
        }

        foreach (var (date, at) in ReadDates(node.Optional("workedDays"), year))
        {
            days.AddWorkedDay(date, at);
        }
    }

    private static IEnumerable<(LocalDate Date, DocumentNode At)> ReadDates(DocumentNode? node, int year)
    {
        foreach (var item in node?.Items(Expect.List("dates", MaxDates), MaxDates) ?? [])
        {
            if (item.Text(ExpectedDate) is not { } text)
            {
                continue;
            }

            if (DateText.Parse(text) is { } date && date.Year == year)
            {
                yield return (date, item);
            }
            else
            {
                item.Reject($"{DocumentNode.Show(text)} is no date of {year}", ExpectedDate);
            }
        }
    }
}

/// <summary>
/// Collects the days of a calendar that is being read. Each date appears at most once, and only if it differs from an ordinary week.
/// </summary>
internal sealed class CalendarDays
{
    private readonly Dictionary<LocalDate, string> _taken = [];

    public Dictionary<LocalDate, LocalizedText> PublicHolidays { get; } = [];

    public List<LocalDate> DaysOff { get; } = [];

    public List<LocalDate> WorkedDays { get; } = [];

    public void AddPublicHoliday(LocalDate date, LocalizedText name, DocumentNode at)
    {
        if (IsFree(date, at))
        {
            PublicHolidays.Add(date, name);
        }
    }

    public void AddDayOff(LocalDate date, DocumentNode at)
    {
        if (IsWeekend(date))
        {
            at.Reject($"{DateText.Format(date)} is a {date.DayOfWeek}, and off anyway", "the days off from Monday to Friday only");
        }
        else if (IsFree(date, at))
        {
            DaysOff.Add(date);
        }
    }

    public void AddWorkedDay(LocalDate date, DocumentNode at)
    {
        if (!IsWeekend(date))
        {
            at.Reject($"{DateText.Format(date)} is a {date.DayOfWeek}, and worked anyway", "the worked Saturdays and Sundays only");
        }
        else if (IsFree(date, at))
        {
            WorkedDays.Add(date);
        }
    }

    private static bool IsWeekend(LocalDate date) => date.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday;

    private bool IsFree(LocalDate date, DocumentNode at)
    {
        if (_taken.TryAdd(date, at.Path))
        {
            return true;
        }

        at.Reject($"{DateText.Format(date)} stands at {_taken[date]} already", "each date once");
        return false;
    }
}

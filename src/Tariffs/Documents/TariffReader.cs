using System.Collections.Immutable;
using NodaTime;
using Parking.Tariffs.Calendars;

namespace Parking.Tariffs.Documents;

/// <summary>Reads a tariff document, or reports all errors in it.</summary>
/// <remarks>
/// An invalid value is reported and replaced by a placeholder, so that reading can continue. A document with an error never becomes a
/// tariff, so placeholders are never used.
/// </remarks>
public static class TariffReader
{
    /// <summary>The largest document, in bytes. A larger one is refused without reading it.</summary>
    public const int MaxBytes = 256 * 1024;

    private const int MaxVersions = 100;
    private const string ExpectedCurrency = "an ISO 4217 code, such as CNY";

    /// <summary>Reads a document.</summary>
    /// <param name="content">UTF-8 JSON.</param>
    /// <param name="calendars">The holiday calendars that it can name.</param>
    /// <exception cref="TariffDocumentException">The document is too large, not JSON, or not a tariff.</exception>
    public static Tariff Read(ReadOnlyMemory<byte> content, HolidayCalendars calendars)
    {
        using var document = DocumentText.Parse(content, MaxBytes);
        var errors = new List<DocumentError>();
        return Read(new DocumentNode(document.RootElement, "$", errors), calendars) ?? throw new TariffDocumentException(errors);
    }

    /// <summary>Reads a tariff that is part of another document. Returns null if it is invalid; the errors have been reported.</summary>
    /// <param name="node">The tariff's node.</param>
    /// <param name="calendars">The holiday calendars that it can name.</param>
    public static Tariff? Read(DocumentNode node, HolidayCalendars calendars)
    {
        var errorsBefore = node.ErrorCount;
        if (!node.IsObject("format", "id", "name", "note", "currency", "timeZone", "holidayCalendar", "versions"))
        {
            return null;
        }

        var context = new ReadingContext();
        node.RequiredNumber("format", 1, 1);
        var versions = node.Required("versions", "a list of versions") is { } found ? ReadVersions(found, context) : [];
        var tariff = new Tariff
        {
            Id = node.Required("id", Expect.Id)?.Id() ?? "",
            Name = node.RequiredName(),
            Note = node.Optional("note")?.Text("a text for people"),
            Currency = ReadCurrency(node),
            TimeZone = node.Required("timeZone", DocumentNode.ExpectedTimeZone)?.TimeZone() ?? DateTimeZone.Utc,
            HolidayCalendar = ReadCalendar(node, calendars, context, errorsBefore),
            Versions = versions,
        };
        foreach (var version in versions)
        {
            version.Tariff = tariff;
        }

        return node.ErrorCount == errorsBefore ? tariff : null;
    }

    private static ImmutableArray<TariffVersion> ReadVersions(DocumentNode node, ReadingContext context)
    {
        var versions = new List<TariffVersion>();
        var items = node.Items(Expect.List("versions", MaxVersions), MaxVersions).ToList();
        foreach (var item in items)
        {
            if (VersionReader.Read(item, context) is { } version)
            {
                versions.Add(version);
            }
        }

        if (versions.Count == items.Count)
        {
            VersionOrder.Check(items, versions);
        }

        return [.. versions];
    }

    private static string ReadCurrency(DocumentNode node)
    {
        var field = node.Required("currency", ExpectedCurrency);
        var currency = field?.Text(ExpectedCurrency);
        if (currency is not null && !(currency.Length == 3 && currency.All(char.IsAsciiLetterUpper)))
        {
            field!.Reject($"{DocumentNode.Show(currency)} is no currency", ExpectedCurrency);
        }

        return currency ?? "";
    }

    private static HolidayCalendar? ReadCalendar(DocumentNode node, HolidayCalendars calendars, ReadingContext context, int errorsBefore)
    {
        var known = string.Join(" or ", calendars.All.Select(calendar => calendar.Id).Order(StringComparer.Ordinal));
        var expected = known.Length > 0 ? known : "none, since no holiday calendar is known here";
        var field = node.Optional("holidayCalendar");
        if (field is null)
        {
            if (context.FirstCalendarWord is { } word)
            {
                node.Reject("holidayCalendar", $"the day at {word} is known only by a calendar, and the field is missing", expected);
            }

            return null;
        }

        if (field.Text(expected) is not { } id)
        {
            return null;
        }

        if (calendars.Find(id) is not { } calendar)
        {
            field.Reject($"there is no holiday calendar {DocumentNode.Show(id)}", expected);
            return null;
        }

        // A day that could not be read may be the one that needs the calendar.
        if (context.FirstCalendarWord is null && node.ErrorCount == errorsBefore)
        {
            field.Reject("no day in the document asks for it: none is a workday, restDay, publicHoliday or holidayEve", Expect.LeftOut);
        }

        return calendar;
    }
}

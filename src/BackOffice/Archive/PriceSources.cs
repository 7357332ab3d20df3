using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Parking.Tariffs;
using Parking.Tariffs.Calendars;
using Parking.Tariffs.Documents;
using Parking.Tariffs.Quotes;

namespace Parking.BackOffice.Archive;

/// <summary>
/// What a price was computed from, in a form whose SHA-256 names it for ever; and the lines of a price as the archive has them.
/// </summary>
internal static class PriceSources
{
    private static readonly ConcurrentDictionary<Tariff, PriceSource> Tariffs = new(ReferenceEqualityComparer.Instance);
    private static readonly ConcurrentDictionary<HolidayCalendar, PriceSource> Calendars = new(ReferenceEqualityComparer.Instance);

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The tariff's document, written canonically.</summary>
    public static PriceSource Of(Tariff tariff) => Tariffs.GetOrAdd(
        tariff, one => PriceSource.Of("tariff", Encoding.UTF8.GetString(TariffWriter.Write(one))));

    /// <summary>
    /// What the calendar says of each date that it covers: <c>H</c> for a public holiday, <c>W</c> for a workday, <c>R</c> for a rest day.
    /// </summary>
    public static PriceSource Of(HolidayCalendar calendar) => Calendars.GetOrAdd(calendar, one => PriceSource.Of("calendar", Write(json =>
    {
        json.WriteString("id", one.Id);
        json.WriteString("from", LocalDatePattern.Iso.Format(one.Covered.Start));
        json.WriteString("to", LocalDatePattern.Iso.Format(one.Covered.End));
        json.WriteString("days", string.Concat(one.Covered.Select(
            date => one.IsPublicHoliday(date) ? 'H' : one.IsWorkday(date) ? 'W' : 'R')));
    })));

    /// <summary>The version of the time zone data that this process has.</summary>
    public static string TimeZones => DateTimeZoneProviders.Tzdb.VersionId;

    /// <summary>The lines of a quote as JSON, with the rate that was chosen.</summary>
    public static string LinesOf(Quote quote) => Write(json =>
    {
        json.WriteString("rateTable", quote.RateTable);
        json.WriteString("rate", quote.Rate);
        json.WriteStartArray("lines");
        foreach (var line in quote.Lines)
        {
            json.WriteStartObject();
            json.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(line.Kind.ToString()));
            json.WriteNumber("amount", line.Amount);
            WriteIf(json, "from", line.From);
            WriteIf(json, "to", line.To);
            if (line.Quantity is { } quantity)
            {
                json.WriteNumber("quantity", quantity);
            }

            if (line.UnitPrice is { } unitPrice)
            {
                json.WriteNumber("unitPrice", unitPrice);
            }

            json.WriteString("zh", line.Text.Zh);
            json.WriteString("en", line.Text.En);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>The lines that <see cref="LinesOf"/> wrote.</summary>
    public static IReadOnlyList<ArchivedLine> ReadLines(string written)
    {
        using var document = JsonDocument.Parse(written);
        return
        [
            .. document.RootElement.GetProperty("lines").EnumerateArray().Select(line => new ArchivedLine(
                Enum.Parse<QuoteLineKind>(line.GetProperty("kind").GetString()!, ignoreCase: true),
                line.GetProperty("amount").GetDecimal(),
                ReadIf(line, "from"),
                ReadIf(line, "to"),
                line.TryGetProperty("quantity", out var quantity) ? quantity.GetDecimal() : null,
                line.TryGetProperty("unitPrice", out var unitPrice) ? unitPrice.GetInt64() : null,
                new(line.GetProperty("zh").GetString()!, line.GetProperty("en").GetString()!))),
        ];
    }

    private static Instant? ReadIf(JsonElement line, string name) =>
        line.TryGetProperty(name, out var at) ? InstantPattern.ExtendedIso.Parse(at.GetString()!).Value : null;

    private static void WriteIf(Utf8JsonWriter json, string name, Instant? at)
    {
        if (at is { } known)
        {
            json.WriteString(name, InstantPattern.ExtendedIso.Format(known));
        }
    }

    private static string Write(Action<Utf8JsonWriter> members)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}

/// <summary>A row of <c>price_sources</c>.</summary>
/// <param name="Hash">The SHA-256 of the content, 64 lowercase hexadecimal digits.</param>
/// <param name="Kind"><c>tariff</c> or <c>calendar</c>.</param>
/// <param name="Content">JSON.</param>
internal sealed record PriceSource(string Hash, string Kind, string Content)
{
    public static PriceSource Of(string kind, string content) =>
        new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content))), kind, content);
}

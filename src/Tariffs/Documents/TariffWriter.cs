using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Documents;

/// <summary>Writes a tariff as a document that <see cref="TariffReader"/> reads.</summary>
/// <remarks>
/// The result is canonical: fields in a fixed order, no defaults, lengths of time in their shortest form, instants with the offset of the
/// tariff's time zone. Reading and writing it again gives the same bytes.
/// </remarks>
public static class TariffWriter
{
    /// <summary>Chinese characters are not escaped. The result is not safe to embed in HTML.</summary>
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly OffsetDateTimePattern InstantPattern =
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:sso<Z+HH:mm>");

    /// <summary>The document as UTF-8 JSON, indented, without defaults.</summary>
    public static byte[] Write(Tariff tariff)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            Write(json, tariff);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes the document as one value of another document.</summary>
    public static void Write(Utf8JsonWriter json, Tariff tariff)
    {
        json.WriteStartObject();
        json.WriteNumber("format", 1);
        json.WriteString("id", tariff.Id);
        json.WriteName("name", tariff.Name);
        if (tariff.Note is { } note)
        {
            json.WriteString("note", note);
        }

        json.WriteString("currency", tariff.Currency);
        json.WriteString("timeZone", tariff.TimeZone.Id);
        if (tariff.HolidayCalendar is { } calendar)
        {
            json.WriteString("holidayCalendar", calendar.Id);
        }

        json.WriteList("versions", tariff.Versions, version => WriteVersion(json, version));
        json.WriteEndObject();
    }

    private static void WriteVersion(Utf8JsonWriter json, TariffVersion version)
    {
        json.WriteStartObject();
        json.WriteNumber("version", version.Number);
        WriteInstant(json, "validityStart", version.ValidityStart, version.Tariff.TimeZone);
        WriteInstant(json, "validityEnd", version.ValidityEnd, version.Tariff.TimeZone);
        json.WriteStartObject("rounding");
        json.WriteNumber("unit", version.Rounding.Unit);
        json.WriteString("mode", DocumentWords.For(DocumentWords.RoundingModes, version.Rounding.Mode));
        json.WriteEndObject();
        json.WriteLength("exitGrace", version.ExitGrace);
        json.WriteListIfAny("occupancyFactors", version.OccupancyFactors, factor =>
        {
            json.WriteStartObject();
            json.WriteNumber("occupancyFrom", factor.OccupancyFrom);
            json.WriteNumber("percent", factor.Percent);
            json.WriteEndObject();
        });
        json.WriteListIfAny("validations", version.Validations, validation => WriteValidation(json, validation));
        json.WriteList("rateTables", version.RateTables, table => WriteRateTable(json, table));
        json.WriteEndObject();
    }

    private static void WriteInstant(Utf8JsonWriter json, string field, Instant? instant, DateTimeZone zone)
    {
        if (instant is not { } time)
        {
            return;
        }

        // Historical offsets have seconds, which ISO 8601 cannot represent.
        var offset = zone.GetUtcOffset(time);
        json.WriteString(field, InstantPattern.Format(time.WithOffset(offset.Seconds % 60 == 0 ? offset : Offset.Zero)));
    }

    private static void WriteValidation(Utf8JsonWriter json, Validation validation)
    {
        json.WriteStartObject();
        json.WriteString("id", validation.Id);
        json.WriteName("name", validation.Name);
        json.WriteLength("freeTime", validation.FreeTime);
        json.WriteNumberIfAny("amountOff", validation.AmountOff);
        json.WriteNumberIfAny("percentOff", validation.PercentOff);
        json.WriteBoolean("stackable", validation.Stackable);
        json.WriteNumberIfAny("minValue", validation.MinValue);
        json.WriteNumberIfAny("maxValue", validation.MaxValue);
        json.WriteEndObject();
    }

    private static void WriteRateTable(Utf8JsonWriter json, RateTable table)
    {
        json.WriteStartObject();
        json.WriteString("id", table.Id);
        if (table.Name is { } name)
        {
            json.WriteName("name", name);
        }

        json.WriteListIfAny(
            "vehicleClasses", table.VehicleClasses, item => json.WriteStringValue(DocumentWords.For(DocumentWords.VehicleClasses, item)));
        json.WriteListIfAny("entitlements", table.Entitlements, json.WriteStringValue);
        if (table.Rates.Length > 1)
        {
            json.WriteString("choose", DocumentWords.For(DocumentWords.RateChoices, table.Choose));
        }

        json.WriteList("rates", table.Rates, rate => RateWriter.Write(json, rate));
        json.WriteEndObject();
    }
}

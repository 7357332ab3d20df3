using System.Text.Json;
using NodaTime;

namespace Parking.Tariffs.Documents;

/// <summary>Writes the kinds of fields in tariffs. Absent values are omitted.</summary>
internal static class JsonFields
{
    public static void WriteName(this Utf8JsonWriter json, string field, LocalizedText name)
    {
        json.WriteStartObject(field);
        json.WriteString("zh", name.Zh);
        json.WriteString("en", name.En);
        json.WriteEndObject();
    }

    /// <summary>Zero is omitted too: no optional field may be <c>PT0S</c>.</summary>
    public static void WriteLength(this Utf8JsonWriter json, string field, Duration? length)
    {
        if (length is { } given && given != Duration.Zero)
        {
            json.WriteString(field, DurationText.Format(given));
        }
    }

    public static void WriteNumberIfAny(this Utf8JsonWriter json, string field, long? value)
    {
        if (value is { } given)
        {
            json.WriteNumber(field, given);
        }
    }

    public static void WriteList<T>(this Utf8JsonWriter json, string field, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(field);
        foreach (var item in items)
        {
            write(item);
        }

        json.WriteEndArray();
    }

    public static void WriteListIfAny<T>(this Utf8JsonWriter json, string field, IReadOnlyCollection<T> items, Action<T> write)
    {
        if (items.Count > 0)
        {
            json.WriteList(field, items, write);
        }
    }
}

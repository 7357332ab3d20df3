using System.Text.Json;
using NodaTime;
using NodaTime.TimeZones;

namespace Parking.Tariffs.Documents;

/// <summary>A value in a JSON document and its path. Reading reports errors and continues, so that one run finds all errors.</summary>
/// <remarks>An invalid value is reported and returned as null or empty; the caller need not report it again.</remarks>
public sealed class DocumentNode(JsonElement value, string path, List<DocumentError> errors)
{
    /// <summary>The expectation of <see cref="TimeZone"/>, in words.</summary>
    public const string ExpectedTimeZone = "a time zone of the IANA database, such as Asia/Shanghai";

    /// <summary>The largest number of unknown fields reported one by one; more are only counted.</summary>
    private const int MaxUnknownFields = 10;

    private const int MaxShown = 40;

    /// <summary>The JSON path: <c>$.facilities[2].capacity</c>.</summary>
    public string Path => path;

    /// <summary>The number of errors in the whole document so far.</summary>
    internal int ErrorCount => errors.Count;

    /// <summary>The number of items; 0 if it is not a list.</summary>
    internal int ItemCount => value.ValueKind == JsonValueKind.Array ? value.GetArrayLength() : 0;

    /// <summary>Reports an error in this value.</summary>
    public void Reject(string problem, string expected) => errors.Add(new(path, problem, expected));

    /// <summary>Reports an error in a field of this object, present or not.</summary>
    public void Reject(string field, string problem, string expected) => errors.Add(new(PathOf(field), problem, expected));

    /// <summary>Whether it is an object. Unknown and repeated fields are reported.</summary>
    public bool IsObject(params ReadOnlySpan<string> fields)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            Reject($"{Describe()} stands here", $"an object with {string.Join(", ", fields)}");
            return false;
        }

        var expected = $"one of {string.Join(", ", fields)}";
        var seen = new HashSet<string>();
        var unknown = 0;
        foreach (var property in value.EnumerateObject())
        {
            if (NameOf(property) is not { } name)
            {
                Reject("the name of a field is not Unicode text", expected);
                return false;
            }

            if (fields.Contains(name))
            {
                if (!seen.Add(name))
                {
                    Reject(name, "the field stands twice in the object", "one of the two");
                }
            }
            else if (++unknown <= MaxUnknownFields)
            {
                Reject(name, "the field is unknown", expected);
            }
        }

        if (unknown > MaxUnknownFields)
        {
            Reject($"{unknown - MaxUnknownFields} more fields are unknown", expected);
        }

        return true;
    }

    /// <summary>An optional field.</summary>
    public DocumentNode? Optional(string field) =>
        value.TryGetProperty(field, out var found) ? new(found, PathOf(field), errors) : null;

    /// <summary>A required field.</summary>
    public DocumentNode? Required(string field, string expected)
    {
        if (Optional(field) is { } found)
        {
            return found;
        }

        Reject(field, "the field is missing", expected);
        return null;
    }

    /// <summary>The items of a list that has at least one and at most <paramref name="maximum"/>. A longer list is not read.</summary>
    public IEnumerable<DocumentNode> Items(string expected, int maximum = int.MaxValue)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            Reject($"{Describe()} stands here", expected);
            return [];
        }

        if (value.GetArrayLength() is var length && (length == 0 || length > maximum))
        {
            Reject(length == 0 ? "the list is empty" : $"the list has {length} members", expected);
            return [];
        }

        return value.EnumerateArray().Select((item, index) => new DocumentNode(item, $"{path}[{index}]", errors));
    }

    /// <summary>A text; null if invalid.</summary>
    public string? Text(string expected)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            Reject($"{Describe()} stands here", expected);
            return null;
        }

        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // JSON can contain a lone surrogate, or bytes that are not UTF-8. Neither is text.
            Reject("the text is not Unicode", expected);
            return null;
        }
    }

    /// <summary>A whole number in a range, both ends inclusive; null if invalid.</summary>
    public long? WholeNumber(long minimum, long maximum)
    {
        var expected = Expect.WholeNumber(minimum, maximum);
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var number))
        {
            Reject($"{Describe()} stands here", expected);
            return null;
        }

        if (number < minimum || number > maximum)
        {
            Reject($"{number} is out of range", expected);
            return null;
        }

        return number;
    }

    /// <summary>One of a few words; null if invalid.</summary>
    public T? OneOf<T>(params ReadOnlySpan<(string Word, T Value)> choices)
        where T : struct
    {
        var expected = string.Join(" or ", choices.ToArray().Select(choice => choice.Word));
        var text = Text(expected);
        foreach (var (word, choice) in choices)
        {
            if (word == text)
            {
                return choice;
            }
        }

        if (text is not null)
        {
            Reject(choices.Length == 1 ? $"{Show(text)} stands here" : $"{Show(text)} is neither", expected);
        }

        return null;
    }

    /// <summary>A time zone by its id; null if invalid.</summary>
    public DateTimeZone? TimeZone()
    {
        // The provider also accepts "UTC+08:00", which is not in the database.
        if (Text(ExpectedTimeZone) is not { } id)
        {
            return null;
        }

        if (TzdbDateTimeZoneSource.Default.CanonicalIdMap.ContainsKey(id))
        {
            return DateTimeZoneProviders.Tzdb[id];
        }

        Reject($"{Show(id)} is no time zone", ExpectedTimeZone);
        return null;
    }

    /// <summary>true or false; null if it is neither.</summary>
    public bool? Boolean()
    {
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        Reject($"{Describe()} stands here", "true or false");
        return null;
    }

    /// <summary>A text of the document in quotes, truncated if long.</summary>
    internal static string Show(string text)
    {
        if (text.Length <= MaxShown)
        {
            return $"'{text}'";
        }

        var end = char.IsHighSurrogate(text[MaxShown - 1]) ? MaxShown - 1 : MaxShown;
        return $"'{text[..end]}…'";
    }

    private string PathOf(string field) => field.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && field.Length is > 0 and <= MaxShown
        ? $"{path}.{field}"
        : $"{path}[{Show(field)}]";

    private static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private string Describe() => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.Null => "null",
        _ => RawText() is { Length: <= MaxShown } text ? text : "a long value",
    };

    private string RawText()
    {
        try
        {
            return value.GetRawText();
        }
        catch (InvalidOperationException)
        {
            return "a text that is not Unicode";
        }
    }
}

using System.Text.Json;

namespace Parking.Tariffs.Documents;

/// <summary>A value in a JSON document and where it stands. Reading it notes what is wrong and goes on, so that one run finds everything.</summary>
/// <remarks>What cannot be read comes back as null or empty, and has been noted by then; the caller notes nothing again.</remarks>
public sealed class DocumentNode(JsonElement value, string path, List<DocumentError> errors)
{
    /// <summary>Where it stands, as a JSON path: <c>$.facilities[2].capacity</c>.</summary>
    public string Path => path;

    /// <summary>Notes something wrong with this value.</summary>
    public void Reject(string problem, string expected) => errors.Add(new(path, problem, expected));

    /// <summary>Whether it is an object, with none but these fields.</summary>
    public bool IsObject(params ReadOnlySpan<string> fields)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            Reject($"{Describe()} stands here", $"an object with {string.Join(", ", fields)}");
            return false;
        }

        foreach (var property in value.EnumerateObject())
        {
            if (!fields.Contains(property.Name))
            {
                errors.Add(new($"{path}.{property.Name}", "the field is unknown", $"one of {string.Join(", ", fields)}"));
            }
        }

        return true;
    }

    /// <summary>A field that may be left out.</summary>
    public DocumentNode? Optional(string field) =>
        value.TryGetProperty(field, out var found) ? new(found, $"{path}.{field}", errors) : null;

    /// <summary>A field that must be there.</summary>
    public DocumentNode? Required(string field, string expected)
    {
        if (Optional(field) is { } found)
        {
            return found;
        }

        errors.Add(new($"{path}.{field}", "the field is missing", expected));
        return null;
    }

    /// <summary>The members of a list with at least one.</summary>
    public IEnumerable<DocumentNode> Items(string expected)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0)
        {
            Reject(value.ValueKind == JsonValueKind.Array ? "the list is empty" : $"{Describe()} stands here", expected);
            return [];
        }

        return value.EnumerateArray().Select((item, index) => new DocumentNode(item, $"{path}[{index}]", errors));
    }

    /// <summary>A text; null if it is none.</summary>
    public string? Text(string expected)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString();
        }

        Reject($"{Describe()} stands here", expected);
        return null;
    }

    /// <summary>A whole number in a range, both ends inclusive; null if it is none.</summary>
    public long? WholeNumber(long minimum, long maximum)
    {
        var expected = $"a whole number from {minimum} to {maximum}";
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

    /// <summary>One of a few words; <c>default</c> if it is none of them.</summary>
    public T? OneOf<T>(params ReadOnlySpan<(string Word, T Value)> choices)
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
            Reject($"'{text}' is neither", expected);
        }

        return default;
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

    private string Describe() => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.Null => "null",
        _ => value.GetRawText() is { Length: <= 40 } text ? text : "a long value",
    };
}

using System.Text.Json;
using Parking.Simulation.Phones;

namespace Parking.Simulation.Traces;

/// <summary>Reads values of a line at the reader's position.</summary>
internal static class TraceValues
{
    private const int LongestWord = 64;

    /// <summary>One of the given texts; null if the value is none of them.</summary>
    public static string? Choose(ref Utf8JsonReader json, Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> choices)
    {
        Span<char> text = stackalloc char[LongestWord];
        return TryCopy(ref json, text, out var length) && choices.TryGetValue(text[..length], out var choice) ? choice : null;
    }

    /// <summary>A word of an enumeration.</summary>
    /// <exception cref="TraceException">The value is not such a word.</exception>
    public static T Word<T>(ref Utf8JsonReader json, TraceLine line, string member)
        where T : struct, Enum
    {
        Span<char> text = stackalloc char[LongestWord];
        return TryCopy(ref json, text, out var length) && WireNames<T>.TryParse(text[..length], out var value)
            ? value
            : throw line.Fault(member, $"one of {WireNames<T>.All} is expected");
    }

    /// <summary>A pseudonym or a label; null if the value is neither.</summary>
    public static string? Name(ref Utf8JsonReader json)
    {
        Span<char> text = stackalloc char[TraceFormat.MaxNameLength];
        return TryCopy(ref json, text, out var length) && TraceFormat.IsName(text[..length]) ? text[..length].ToString() : null;
    }

    /// <summary>A text that is not empty; null if the value is not such a text.</summary>
    public static string? Text(ref Utf8JsonReader json, int maxLength) =>
        json.TokenType == JsonTokenType.String && json.GetString() is { Length: > 0 } text && text.Length <= maxLength ? text : null;

    /// <exception cref="TraceException">The value is not a list of drivers.</exception>
    public static IReadOnlyList<string> Drivers(ref Utf8JsonReader json, TraceLine line)
    {
        var drivers = new List<string>();
        if (json.TokenType == JsonTokenType.StartArray)
        {
            while (json.Read() && json.TokenType != JsonTokenType.EndArray && drivers.Count < TraceFormat.MaxCloses)
            {
                drivers.Add(Name(ref json) ?? throw line.Fault($"closes[{drivers.Count}]", $"{TraceFormat.ExpectedName} expected"));
            }
        }
        return json.TokenType == JsonTokenType.EndArray && drivers.Count > 0
            ? drivers
            : throw line.Fault("closes", $"a list of 1 to {TraceFormat.MaxCloses} drivers is expected");
    }

    /// <exception cref="TraceException">The value is not a vehicle.</exception>
    public static Vehicle ReadVehicle(ref Utf8JsonReader json, TraceLine line)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            throw line.Fault("vehicle", "an object with plate and class is expected");
        }
        string? plate = null;
        VehicleClass? kind = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("plate"u8) && plate is null)
            {
                json.Read();
                plate = Text(ref json, TraceFormat.MaxPlateLength)
                    ?? throw line.Fault("vehicle.plate", $"1 to {TraceFormat.MaxPlateLength} characters are expected");
            }
            else if (json.ValueTextEquals("class"u8) && kind is null)
            {
                json.Read();
                kind = Word<VehicleClass>(ref json, line, "vehicle.class");
            }
            else
            {
                throw line.Fault($"vehicle.{json.GetString()}", "unknown or repeated member");
            }
        }
        return new Vehicle(plate ?? throw line.Missing("vehicle.plate"), kind ?? throw line.Missing("vehicle.class"));
    }

    /// <summary>Copies the text of a string value, if the value is a string and fits.</summary>
    private static bool TryCopy(ref Utf8JsonReader json, scoped Span<char> text, out int length)
    {
        // A text never has more characters than its encoded bytes.
        var isText = json.TokenType == JsonTokenType.String && json.ValueSpan.Length <= text.Length;
        length = isText ? json.CopyString(text) : 0;
        return isText;
    }
}

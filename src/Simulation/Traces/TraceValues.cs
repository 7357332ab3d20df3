using System.Text.Json;
using Parking.Simulation.Phones;

namespace Parking.Simulation.Traces;

/// <summary>Reads the values of a line, each where the reader stands.</summary>
internal static class TraceValues
{
    private const int LongestWord = 64;

    /// <summary>One of the texts that there are; null if it is none of them.</summary>
    public static string? Choose(ref Utf8JsonReader json, Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> choices)
    {
        Span<char> text = stackalloc char[LongestWord];
        return TryCopy(ref json, text, out var length) && choices.TryGetValue(text[..length], out var choice) ? choice : null;
    }

    /// <summary>One of an enumeration's words.</summary>
    /// <exception cref="TraceException">It is none.</exception>
    public static T Word<T>(ref Utf8JsonReader json, TraceLine line, string member)
        where T : struct, Enum
    {
        Span<char> text = stackalloc char[LongestWord];
        return TryCopy(ref json, text, out var length) && WireNames<T>.TryParse(text[..length], out var value)
            ? value
            : throw line.Fault(member, $"one of {WireNames<T>.All} belongs here");
    }

    /// <summary>A driver or a label; null if it is none.</summary>
    public static string? Name(ref Utf8JsonReader json)
    {
        Span<char> text = stackalloc char[TraceFormat.MaxNameLength];
        return TryCopy(ref json, text, out var length) && TraceFormat.IsName(text[..length]) ? text[..length].ToString() : null;
    }

    /// <summary>A text of one character or more; null if it is none.</summary>
    public static string? Text(ref Utf8JsonReader json, int maxLength) =>
        json.TokenType == JsonTokenType.String && json.GetString() is { Length: > 0 } text && text.Length <= maxLength ? text : null;

    /// <exception cref="TraceException">It is no list of drivers.</exception>
    public static IReadOnlyList<string> Drivers(ref Utf8JsonReader json, TraceLine line)
    {
        var drivers = new List<string>();
        if (json.TokenType == JsonTokenType.StartArray)
        {
            while (json.Read() && json.TokenType != JsonTokenType.EndArray && drivers.Count < TraceFormat.MaxCloses)
            {
                drivers.Add(Name(ref json) ?? throw line.Fault($"closes[{drivers.Count}]", $"{TraceFormat.ExpectedName} belong here"));
            }
        }
        return json.TokenType == JsonTokenType.EndArray && drivers.Count > 0
            ? drivers
            : throw line.Fault("closes", $"a list of 1 to {TraceFormat.MaxCloses} drivers belongs here");
    }

    /// <exception cref="TraceException">It is no vehicle.</exception>
    public static Vehicle ReadVehicle(ref Utf8JsonReader json, TraceLine line)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            throw line.Fault("vehicle", "an object with plate and class belongs here");
        }
        string? plate = null;
        VehicleClass? kind = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("plate"u8) && plate is null)
            {
                json.Read();
                plate = Text(ref json, TraceFormat.MaxPlateLength)
                    ?? throw line.Fault("vehicle.plate", $"1 to {TraceFormat.MaxPlateLength} characters belong here");
            }
            else if (json.ValueTextEquals("class"u8) && kind is null)
            {
                json.Read();
                kind = Word<VehicleClass>(ref json, line, "vehicle.class");
            }
            else
            {
                throw line.Fault($"vehicle.{json.GetString()}", "unknown member, or it stands twice");
            }
        }
        return new Vehicle(plate ?? throw line.Missing("vehicle.plate"), kind ?? throw line.Missing("vehicle.class"));
    }

    /// <summary>Copies a string's text, if it is one and fits.</summary>
    private static bool TryCopy(ref Utf8JsonReader json, scoped Span<char> text, out int length)
    {
        // No text is longer than its bytes.
        var isText = json.TokenType == JsonTokenType.String && json.ValueSpan.Length <= text.Length;
        length = isText ? json.CopyString(text) : 0;
        return isText;
    }
}

using System.Text.Json;

namespace Parking.Simulation.Traces;

/// <summary>Describes where a JSON document is invalid, without names of types of this program.</summary>
internal static class JsonFaults
{
    public static string Describe(JsonException error)
    {
        var line = error.LineNumber is { } number ? $"line {number + 1}: " : "";
        return error.Path is { Length: > 1 } path
            ? $"{line}{path}: wrong type or value, or one of its members is missing, unknown or repeated"
            : $"{line}not JSON, or a member is missing";
    }
}

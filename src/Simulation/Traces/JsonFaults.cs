using System.Text.Json;

namespace Parking.Simulation.Traces;

/// <summary>Says where a document is not what it must be, without the words of the program.</summary>
internal static class JsonFaults
{
    public static string Describe(JsonException error)
    {
        var line = error.LineNumber is { } number ? $"line {number + 1}: " : "";
        return error.Path is { Length: > 1 } path
            ? $"{line}{path}: not what belongs there, or a member of it is missing, unknown or twice"
            : $"{line}not JSON, or a member is missing";
    }
}

using System.Text.Json;

namespace Parking.Simulation.Traces;

/// <summary>The names of an enumeration as a trace writes them: in snake_case.</summary>
internal static class WireNames<T>
    where T : struct, Enum
{
    private static readonly Dictionary<T, JsonEncodedText> Names = Enum.GetValues<T>().ToDictionary(
        value => value, value => JsonEncodedText.Encode(ToWord(value)));
    private static readonly Dictionary<string, T>.AlternateLookup<ReadOnlySpan<char>> Values =
        Enum.GetValues<T>().ToDictionary(ToWord, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>All names, for messages.</summary>
    public static string All { get; } = string.Join(", ", Enum.GetValues<T>().Select(ToWord));

    public static JsonEncodedText Of(T value) => Names[value];

    public static bool TryParse(ReadOnlySpan<char> name, out T value) => Values.TryGetValue(name, out value);

    private static string ToWord(T value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}

using System.Buffers;

namespace Parking.Simulation.Traces;

/// <summary>What a trace may hold: the numbers of docs/traces.md.</summary>
internal static class TraceFormat
{
    /// <summary>The number of the format. A reader reads every number up to its own.</summary>
    public const int Version = 1;

    /// <summary>The longest first line: it carries the city and its prices.</summary>
    public const int MaxHeaderBytes = 64 * 1024 * 1024;

    /// <summary>The longest line of an event.</summary>
    public const int MaxLineBytes = 64 * 1024;

    /// <summary>Of a driver's pseudonym, and of a code's label.</summary>
    public const int MaxNameLength = 64;

    public const int MaxReasonLength = 200;

    public const int MaxPlateLength = 12;

    /// <summary>The most drivers that one inventory names.</summary>
    public const int MaxCloses = 500;

    public const int MaxCount = 1_000_000;

    public const string ExpectedName = "1 to 64 of A-Z, a-z, 0-9, '.', '_' and '-'";

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");

    /// <summary>Whether a text can be a driver's pseudonym, or a code's label.</summary>
    public static bool IsName(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= MaxNameLength && !text.ContainsAnyExcept(NameCharacters);

    /// <summary>Whether a text can name a file of the city: below the city file's folder on any system, and nowhere else.</summary>
    public static bool IsFileName(string text) =>
        text.Split('/').All(part => part is not ("" or "." or "..") && !part.AsSpan().ContainsAnyExcept(NameCharacters));
}

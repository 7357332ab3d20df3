using System.Buffers;

namespace Parking.Simulation.Traces;

/// <summary>The limits of a trace, as docs/traces.md gives them.</summary>
internal static class TraceFormat
{
    /// <summary>The format version. A reader reads every version up to its own.</summary>
    public const int Version = 2;

    /// <summary>The first version whose lines say who signed a code, and in which a code may be revoked.</summary>
    public const int FirstWithSigners = 2;

    /// <summary>The longest first line. It contains the city and its tariffs.</summary>
    public const int MaxHeaderBytes = 64 * 1024 * 1024;

    /// <summary>The longest line of an event.</summary>
    public const int MaxLineBytes = 64 * 1024;

    /// <summary>The longest pseudonym of a driver, and the longest label of a code.</summary>
    public const int MaxNameLength = 64;

    public const int MaxReasonLength = 200;

    public const int MaxPlateLength = 12;

    /// <summary>The most drivers in one inventory.</summary>
    public const int MaxCloses = 500;

    public const int MaxCount = 1_000_000;

    public const string ExpectedName = "1 to 64 of A-Z, a-z, 0-9, '.', '_' and '-'";

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");

    /// <summary>Whether a text can be a driver's pseudonym or a code's label.</summary>
    public static bool IsName(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= MaxNameLength && !text.ContainsAnyExcept(NameCharacters);

    /// <summary>Whether a text can be the name of a file of the city: on any system it must be below the city file's folder.</summary>
    public static bool IsFileName(string text) =>
        text.Split('/').All(part => part is not ("" or "." or "..") && !part.AsSpan().ContainsAnyExcept(NameCharacters));
}

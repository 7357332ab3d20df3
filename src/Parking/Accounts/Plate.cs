using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Parking.Accounts;

/// <summary>
/// A number plate in the one form in which plates are compared: upper case, of ASCII letters and digits where people type full-width ones,
/// and without spaces, hyphens and dots, such as the dot that is painted after the province.
/// 1 to 12 characters of A–Z, 0–9 and Chinese characters (U+4E00 to U+9FFF). <c>default</c> is no plate.
/// </summary>
public readonly record struct Plate
{
    public const int MaxLength = 12;

    /// <summary>Longer texts are rejected unread: no plate has so many spaces.</summary>
    public const int MaxInputLength = 40;

    private const char FirstIdeograph = '\u4E00';
    private const char LastIdeograph = '\u9FFF';

    /// <summary>Full-width forms (U+FF01 to U+FF5E) are the characters of ASCII, moved by this.</summary>
    private const int FullWidth = '\uFF01' - '!';

    // Spaces, then dots, then hyphens and dashes, as keyboards and documents have them.
    private static readonly SearchValues<char> Ignored = SearchValues.Create(
        " \u00A0\u2002\u2003\u2009\u200B\u202F\u3000"
        + ".\u00B7\u2022\u2027\u2219\u22C5\u30FB\uFF65"
        + "-\u2010\u2011\u2012\u2013\u2014\u2212");

    private Plate(string value) => Value = value;

    public string Value { get; }

    /// <summary>Reads a plate as people type it. False if the text is not a plate.</summary>
    public static bool TryParse(string? text, [MaybeNullWhen(false)] out Plate plate)
    {
        plate = default;
        if (text is null or { Length: > MaxInputLength })
        {
            return false;
        }

        var value = Normalize(text);
        if (value.Length is 0 or > MaxLength || !value.All(IsAllowed))
        {
            return false;
        }

        plate = new(value);
        return true;
    }

    /// <summary>Reads a plate as it was stored.</summary>
    /// <exception cref="FormatException">The text is not a plate.</exception>
    public static Plate Parse(string text) =>
        TryParse(text, out var plate) ? plate : throw new FormatException("This is not a number plate.");

    /// <summary>Whether a text has this plate in it, however it is written there.</summary>
    public bool IsIn(string text) => Normalize(text).Contains(Value, StringComparison.Ordinal);

    private static string Normalize(string text) =>
        string.Concat(text.Select(Narrow).Where(c => !Ignored.Contains(c))).ToUpperInvariant();

    /// <summary>Says what this is, never the plate itself: a plate is personal data.</summary>
    public override string ToString() => "plate";

    private static char Narrow(char c) => c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - FullWidth) : c;

    private static bool IsAllowed(char c) =>
        char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c is >= FirstIdeograph and <= LastIdeograph;
}

using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Parking.Accounts;

/// <summary>
/// A number plate in the one form in which plates are compared: upper case, without spaces and the dot that is painted after the province; 1 to 12
/// of A–Z, 0–9 and Chinese characters. <c>default</c> is no plate.
/// </summary>
public readonly record struct Plate
{
    public const int MaxLength = 12;

    /// <summary>Longer texts are not looked at: no plate has so many spaces.</summary>
    public const int MaxInputLength = 40;

    private const char FirstIdeograph = '\u4E00';
    private const char LastIdeograph = '\u9FFF';

    // The dot as it is typed: U+00B7, U+2022, U+30FB.
    private static readonly SearchValues<char> Ignored = SearchValues.Create(" \u3000\u00B7\u2022\u30FB");

    private Plate(string value) => Value = value;

    public string Value { get; }

    /// <summary>Reads a plate as people type it.</summary>
    public static bool TryParse(string? text, [MaybeNullWhen(false)] out Plate plate)
    {
        plate = default;
        if (text is null or { Length: > MaxInputLength })
        {
            return false;
        }

        var value = string.Concat(text.Where(c => !Ignored.Contains(c))).ToUpperInvariant();
        if (value.Length is 0 or > MaxLength || !value.All(IsAllowed))
        {
            return false;
        }

        plate = new(value);
        return true;
    }

    /// <summary>A plate as it was stored.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static Plate Parse(string text) =>
        TryParse(text, out var plate) ? plate : throw new FormatException("This is no number plate.");

    /// <summary>What it is, never what it says: a plate is a person's.</summary>
    public override string ToString() => "plate";

    private static bool IsAllowed(char c) => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c is >= FirstIdeograph and <= LastIdeograph;
}

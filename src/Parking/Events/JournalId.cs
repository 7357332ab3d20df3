using System.Buffers;
using System.Globalization;

namespace Parking.Events;

/// <summary>The journal a gate writes its events to: 64 random bits, new with a new disk. Written as 16 lowercase hexadecimal digits.</summary>
public readonly record struct JournalId(ulong Value)
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <summary>Reads 16 lowercase hexadecimal digits.</summary>
    /// <exception cref="FormatException">The text is anything else.</exception>
    public static JournalId Parse(string text) =>
        TryParse(text, out var journal) ? journal : throw new FormatException("A journal is 16 lowercase hexadecimal digits.");

    /// <summary>Reads 16 lowercase hexadecimal digits; false for any other text.</summary>
    public static bool TryParse(string text, out JournalId journal)
    {
        var isOne = text.Length == 16 && !text.AsSpan().ContainsAnyExcept(Digits);
        journal = isOne ? new(ulong.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)) : default;
        return isOne;
    }

    public override string ToString() => Value.ToString("x16", CultureInfo.InvariantCulture);
}

using System.Buffers;
using System.Globalization;

namespace Parking.Api.Stays;

/// <summary>The journal a gate writes its events to: 64 random bits, new with a new disk. Written as 16 lowercase hexadecimal digits.</summary>
internal readonly record struct JournalId(ulong Value)
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <summary>Reads 16 lowercase hexadecimal digits.</summary>
    /// <exception cref="FormatException">The text is anything else.</exception>
    public static JournalId Parse(string text) =>
        text.Length == 16 && !text.AsSpan().ContainsAnyExcept(Digits)
            ? new(ulong.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))
            : throw new FormatException("A journal is 16 lowercase hexadecimal digits.");

    public override string ToString() => Value.ToString("x16", CultureInfo.InvariantCulture);
}

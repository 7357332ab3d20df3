namespace Parking.Codes;

/// <summary>
/// Base45 (RFC 9285): bytes in the 45 characters that a QR symbol's alphanumeric mode holds at 5.5 bits each. Two bytes become three
/// characters, least significant first; a last single byte becomes two. Every byte sequence has exactly one encoding.
/// </summary>
public static class Base45
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    private const int Radix = 45;
    private const byte NoDigit = 0xFF;

    private static readonly byte[] Digits = CreateDigits();

    /// <summary>The number of characters that <see cref="Encode"/> produces.</summary>
    /// <param name="byteCount">The number of bytes; not negative.</param>
    /// <returns>The number of characters.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="byteCount"/> is negative.</exception>
    /// <exception cref="OverflowException">The text would be longer than a string can be.</exception>
    public static int GetEncodedLength(int byteCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(byteCount);
        return (byteCount / 2 * 3) + (byteCount % 2 * 2);
    }

    /// <summary>The number of bytes that a Base45 text of this length decodes to.</summary>
    /// <param name="charCount">The number of characters; not negative.</param>
    /// <returns>The number of bytes. A length that no encoding has (a multiple of three plus one) counts as its whole groups.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="charCount"/> is negative.</exception>
    public static int GetDecodedLength(int charCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(charCount);
        return (charCount / 3 * 2) + (charCount % 3 / 2);
    }

    /// <summary>Encodes bytes.</summary>
    /// <param name="bytes">Any bytes.</param>
    /// <returns>The text; empty for no bytes.</returns>
    public static string Encode(ReadOnlySpan<byte> bytes) =>
        string.Create(GetEncodedLength(bytes.Length), bytes, static (text, source) => Write(source, text));

    /// <summary>Decodes a text. Never throws.</summary>
    /// <param name="text">Any characters.</param>
    /// <param name="destination">Receives the bytes. Its content is undefined if the result is false.</param>
    /// <param name="written">The number of bytes written; 0 if the result is false.</param>
    /// <returns>
    /// False if the text is not Base45 (a character outside the alphabet, which has no lowercase letters; a length that is a multiple of
    /// three plus one; a group above 65535, or above 255 for a last pair), or if <paramref name="destination"/> is too short.
    /// </returns>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> destination, out int written)
    {
        written = 0;
        if (text.Length % 3 == 1 || destination.Length < GetDecodedLength(text.Length))
        {
            return false;
        }

        var count = 0;
        while (text.Length >= 3)
        {
            var (a, b, c) = (DigitOf(text[0]), DigitOf(text[1]), DigitOf(text[2]));
            var group = a + (b * Radix) + (c * Radix * Radix);
            if (a == NoDigit || b == NoDigit || c == NoDigit || group > ushort.MaxValue)
            {
                return false;
            }

            destination[count++] = (byte)(group >> 8);
            destination[count++] = (byte)(group & 0xFF);
            text = text[3..];
        }

        if (text.Length == 2)
        {
            var (a, b) = (DigitOf(text[0]), DigitOf(text[1]));
            var pair = a + (b * Radix);
            if (a == NoDigit || b == NoDigit || pair > byte.MaxValue)
            {
                return false;
            }

            destination[count++] = (byte)pair;
        }

        written = count;
        return true;
    }

    private static void Write(ReadOnlySpan<byte> source, Span<char> text)
    {
        var at = 0;
        for (; source.Length >= 2; source = source[2..])
        {
            var group = (source[0] << 8) | source[1];
            text[at++] = Alphabet[group % Radix];
            text[at++] = Alphabet[group / Radix % Radix];
            text[at++] = Alphabet[group / (Radix * Radix)];
        }

        if (source.Length == 1)
        {
            text[at++] = Alphabet[source[0] % Radix];
            text[at] = Alphabet[source[0] / Radix];
        }
    }

    private static int DigitOf(char character) => character < Digits.Length ? Digits[character] : NoDigit;

    private static byte[] CreateDigits()
    {
        var digits = new byte[128];
        Array.Fill(digits, NoDigit);
        for (var digit = 0; digit < Alphabet.Length; digit++)
        {
            digits[Alphabet[digit]] = (byte)digit;
        }

        return digits;
    }
}

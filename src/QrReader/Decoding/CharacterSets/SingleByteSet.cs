namespace Parking.QrReader.Decoding.CharacterSets;

/// <summary>A set of up to 256 characters.</summary>
/// <param name="characters">What each byte means, or <see cref="CodePage.Nothing"/>.</param>
internal sealed class SingleByteSet(char[] characters) : CharacterSet
{
    /// <summary>A code page as .NET has it.</summary>
    public static SingleByteSet OfCodePage(int number, bool hasControls) => new(new CodePage(number).SingleBytes(hasControls));

    /// <summary>A part of ISO/IEC 8859, by its characters 0xA0 to 0xFF.</summary>
    public static SingleByteSet OfUpperHalf(string characters) => new([.. Enumerable.Range(0, 0xA0).Select(static i => (char)i), .. characters]);

    public override int Decode(ReadOnlySpan<byte> bytes, Span<char> chars)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            chars[i] = characters[bytes[i]];
            if (chars[i] == CodePage.Nothing)
            {
                return -1;
            }
        }
        return bytes.Length;
    }
}

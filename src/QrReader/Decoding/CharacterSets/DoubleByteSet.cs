namespace Parking.QrReader.Decoding.CharacterSets;

/// <summary>A set of characters of one or two bytes: Shift-JIS, Big5, EUC-KR and GBK.</summary>
internal sealed class DoubleByteSet : CharacterSet
{
    /// <summary>A lead byte and what follows it.</summary>
    private readonly char[] _pairs = new char[65536];

    private readonly char[] _singles;

    /// <param name="codePage">The number of a code page of .NET.</param>
    /// <param name="keepsPrivate">Whether private characters are characters: telephones have their pictograms there.</param>
    public DoubleByteSet(int codePage, bool keepsPrivate = false)
    {
        var page = new CodePage(codePage);
        _singles = page.SingleBytes(hasControls: false);
        Array.Fill(_pairs, CodePage.Nothing);
        for (var lead = 0x81; lead <= 0xFE; lead++)
        {
            for (var trail = 0x40; _singles[lead] == CodePage.Nothing && trail <= 0xFE; trail++)
            {
                var character = page.CharacterOf((byte)lead, (byte)trail);
                _pairs[(lead << 8) | trail] = CodePage.IsPrivate(character) && !keepsPrivate ? CodePage.Nothing : character;
            }
        }
    }

    /// <summary>What a byte means by itself; nothing for lead bytes.</summary>
    public char Single(byte value) => _singles[value];

    /// <summary>What two bytes mean.</summary>
    public char Pair(byte lead, byte trail) => _pairs[(lead << 8) | trail];

    public override int Decode(ReadOnlySpan<byte> bytes, Span<char> chars)
    {
        var count = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var character = Single(bytes[i]);
            if (character == CodePage.Nothing && i + 1 < bytes.Length)
            {
                character = Pair(bytes[i], bytes[i + 1]);
                i++;
            }
            if (character == CodePage.Nothing)
            {
                return -1;
            }
            chars[count++] = character;
        }
        return count;
    }
}

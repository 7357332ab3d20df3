namespace Parking.QrReader.Decoding.CharacterSets;

/// <summary>GB 18030: one, two or four bytes a character, all of Unicode. GB 2312 and GBK are parts of it.</summary>
internal sealed class Gb18030Set : CharacterSet
{
    private const int CodePageNumber = 54936;

    /// <summary>Four-byte sequences count up; the first so many are in the basic plane, those from another number on above it.</summary>
    private const int BasicCount = 39_420, FirstSupplementary = 189_000;

    private readonly DoubleByteSet _short = new(CodePageNumber);
    private readonly char[] _basic = new char[BasicCount];

    public Gb18030Set()
    {
        var page = new CodePage(CodePageNumber);
        for (var i = 0; i < BasicCount; i++)
        {
            var character = page.CharacterOf((byte)(0x81 + (i / 12600)), (byte)('0' + (i / 1260 % 10)), (byte)(0x81 + (i / 10 % 126)), (byte)('0' + (i % 10)));
            _basic[i] = CodePage.IsPrivate(character) ? CodePage.Nothing : character;
        }
    }

    /// <summary>What one or two bytes mean.</summary>
    public DoubleByteSet Short => _short;

    public override int Decode(ReadOnlySpan<byte> bytes, Span<char> chars)
    {
        var count = 0;
        for (int i = 0, length; i < bytes.Length; i += length)
        {
            length = bytes[i] < 0x80 ? 1 : IsLong(bytes[i..]) ? 4 : Math.Min(2, bytes.Length - i);
            var character = bytes.Slice(i, length);
            var written = length == 4 ? DecodeLong(character, chars[count..]) : _short.Decode(character, chars[count..]);
            if (written < 0)
            {
                return -1;
            }
            count += written;
        }
        return count;
    }

    /// <summary>Whether the bytes begin with a character of four: the second is a digit.</summary>
    public static bool IsLong(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 4 && bytes[0] is >= 0x81 and <= 0xFE && char.IsAsciiDigit((char)bytes[1])
        && bytes[2] is >= 0x81 and <= 0xFE && char.IsAsciiDigit((char)bytes[3]);

    private int DecodeLong(ReadOnlySpan<byte> bytes, Span<char> chars)
    {
        var number = ((((((bytes[0] - 0x81) * 10) + bytes[1] - '0') * 126) + bytes[2] - 0x81) * 10) + bytes[3] - '0';
        if (number < BasicCount)
        {
            chars[0] = _basic[number];
            return chars[0] == CodePage.Nothing ? -1 : 1;
        }
        var supplementary = number - FirstSupplementary;
        if (supplementary is < 0 or > 0xF_FFFF)
        {
            return -1;
        }
        chars[0] = (char)(0xD800 + (supplementary >> 10));
        chars[1] = (char)(0xDC00 + (supplementary & 0x3FF));
        return 2;
    }
}

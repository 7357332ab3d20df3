using System.Text;

namespace Parking.QrReader.Tests.Drawing;

/// <summary>Random texts for each segment mode.</summary>
internal static class SampleText
{
    /// <summary>Every character of Kanji mode, as .NET's Shift-JIS decodes it.</summary>
    public static readonly char[] AllKanji = [.. ListKanji()];

    /// <summary>A random text of this many characters. In byte mode it is the number of bytes in UTF-8.</summary>
    public static string Of(SegmentMode mode, int length, Random random) => mode switch
    {
        SegmentMode.Numeric => new string(random.GetItems<char>("0123456789", length)),
        SegmentMode.Alphanumeric => new string(random.GetItems<char>(SegmentWriting.Alphabet, length)),
        SegmentMode.Kanji => new string(random.GetItems(AllKanji, length)),
        _ => OfBytes(length, random),
    };

    private static string OfBytes(int length, Random random)
    {
        string[] characters = ["a", "Z", "\n", "{", "é", "я", "停", "ﾃ", "🚗"];
        var text = new StringBuilder();
        while (length > 0)
        {
            var character = random.GetItems(characters, 1)[0];
            if (Encoding.UTF8.GetByteCount(character) <= length)
            {
                text.Append(character);
                length -= Encoding.UTF8.GetByteCount(character);
            }
        }
        return text.ToString();
    }

    /// <summary>The characters that .NET decodes from two bytes of Shift-JIS and encodes to the same two bytes.</summary>
    private static IEnumerable<char> ListKanji()
    {
        var encoding = (Encoding)SegmentWriting.ShiftJis.Clone();
        encoding.DecoderFallback = new DecoderReplacementFallback("");
        for (var pair = 0x8140; pair <= 0xEBBF; pair++)
        {
            byte[] code = [(byte)(pair >> 8), (byte)(pair & 0xFF)];
            if (code[1] is < 0x40 or 0x7F or > 0xFC || code[0] is > 0x9F and < 0xE0)
            {
                continue;
            }
            var text = encoding.GetString(code);
            if (text.Length == 1 && text[0] >= 0x80 && SegmentWriting.ShiftJis.GetBytes(text).AsSpan().SequenceEqual(code))
            {
                yield return text[0];
            }
        }
    }
}

using System.Globalization;
using System.Text;
using Parking.QrReader.Tests.Decoding;

namespace Parking.QrReader.Tests.Drawing;

/// <summary>Writes segments (ISO/IEC 18004, section 7.4), for symbols of any version.</summary>
internal static class SegmentWriting
{
    public const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

    /// <summary>.NET's Shift-JIS. It throws for characters that it does not have.</summary>
    public static readonly Encoding ShiftJis =
        CodePagesEncodingProvider.Instance.GetEncoding(932, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    /// <summary>The largest number of characters of a mode that fit into this many bits, with the segment's header.</summary>
    public static int Capacity(SegmentMode mode, int version, int bits)
    {
        var left = bits - 4 - CountBits(mode, version);
        return mode switch
        {
            SegmentMode.Numeric => (left / 10 * 3) + (left % 10 >= 7 ? 2 : left % 10 >= 4 ? 1 : 0),
            SegmentMode.Alphanumeric => (left / 11 * 2) + (left % 11 >= 6 ? 1 : 0),
            SegmentMode.Byte => left / 8,
            _ => left / 13,
        };
    }

    /// <summary>Writes one segment. The text must fit the mode; in byte mode it is written as UTF-8.</summary>
    public static BitWriter WriteSegment(this BitWriter bits, SegmentMode mode, int version, string text)
    {
        var bytes = mode == SegmentMode.Byte ? Encoding.UTF8.GetBytes(text) : [];
        bits.Write((int)mode, 4).Write(mode == SegmentMode.Byte ? bytes.Length : text.Length, CountBits(mode, version));
        return mode switch
        {
            SegmentMode.Numeric => bits.WriteDigits(text),
            SegmentMode.Alphanumeric => bits.WriteLetters(text),
            SegmentMode.Byte => bits.WriteBytes(bytes),
            _ => bits.WriteKanji(text),
        };
    }

    /// <summary>Writes an ECI header that names the character set of the following bytes, by a number below 128.</summary>
    public static BitWriter Eci(this BitWriter bits, int number) => bits.Write((int)SegmentMode.Eci, 4).Write(number, 8);

    /// <summary>The number of bits of the character count (table 3).</summary>
    private static int CountBits(SegmentMode mode, int version)
    {
        var column = version switch { <= 9 => 0, <= 26 => 1, _ => 2 };
        int[] widths = mode switch
        {
            SegmentMode.Numeric => [10, 12, 14],
            SegmentMode.Alphanumeric => [9, 11, 13],
            SegmentMode.Byte => [8, 16, 16],
            _ => [8, 10, 12],
        };
        return widths[column];
    }

    private static BitWriter WriteDigits(this BitWriter bits, string text)
    {
        foreach (var group in text.Chunk(3))
        {
            bits.Write(int.Parse(group, CultureInfo.InvariantCulture), group.Length switch { 3 => 10, 2 => 7, _ => 4 });
        }
        return bits;
    }

    private static BitWriter WriteLetters(this BitWriter bits, string text)
    {
        foreach (var pair in text.Chunk(2))
        {
            var first = Alphabet.IndexOf(pair[0]);
            _ = pair.Length == 2 ? bits.Write((first * 45) + Alphabet.IndexOf(pair[1]), 11) : bits.Write(first, 6);
        }
        return bits;
    }

    private static BitWriter WriteKanji(this BitWriter bits, string text)
    {
        foreach (var character in text)
        {
            var code = ShiftJis.GetBytes([character]);
            var (high, low) = (code[0] - (code[0] < 0xE0 ? 0x81 : 0xC1), code[1] - 0x40);
            bits.Write((high * 0xC0) + low, 13);
        }
        return bits;
    }
}

using System.Text;
using Parking.QrReader.Decoding;
using Parking.QrReader.Decoding.CharacterSets;
using Parking.QrReader.Tests.Drawing;

namespace Parking.QrReader.Tests.Decoding;

public sealed class CharacterSetTests
{
    /// <summary>ECI numbers of AIM ITS/04-023 with .NET's code pages, and a text that each set can encode.</summary>
    public static TheoryData<int, int, string> NamedSets => new()
    {
        { 0, 437, "½ ░▒▓ naïve" },
        { 1, 28591, "Grüße, ÿ" },
        { 2, 437, "½ ░▒▓ naïve" },
        { 3, 28591, "Grüße, ÿ" },
        { 4, 28592, "Příliš žluťoučký" },
        { 5, 28593, "Ĉu ĝi ŝaltas?" },
        { 6, 28594, "Žąsų ķēde" },
        { 7, 28595, "Парковка" },
        { 8, 28596, "موقف" },
        { 9, 28597, "Στάθμευση" },
        { 10, 28598, "חניה" },
        { 11, 28599, "Otopark ışığı" },
        { 13, 874, "ที่จอดรถ" },
        { 15, 28603, "Autostāvvieta" },
        { 17, 28605, "20 € œuvre" },
        { 20, 932, "駐車場 ﾊﾟｰｷﾝｸﾞ ①" },
        { 21, 1250, "Příliš „žluťoučký“" },
        { 22, 1251, "Парковка №5" },
        { 23, 1252, "“Grüße” – 20 €" },
        { 24, 1256, "موقف" },
        { 25, 1201, "停车场 🚗" },
        { 26, 65001, "停车场 🚗" },
        { 27, 20127, "ASCII ~" },
        { 28, 950, "停車場" },
        { 29, 936, "停车场" },
        { 30, 949, "주차장" },
        { 31, 936, "停车場" },
        { 32, 54936, "停车场 ü ㎡ 🚗 𠀀" },
        { 33, 1200, "停车场 🚗" },
        { 170, 20127, "ASCII" },
    };

    [Theory]
    [MemberData(nameof(NamedSets))]
    public void Decode_TextInANamedSet_IsTheText(int eci, int codePage, string text)
    {
        var bytes = Net(codePage).GetBytes(text);

        Assert.Equal(text, Decode(eci, bytes));
    }

    /// <summary>The unsupported numbers: ISO/IEC 8859-10, -14 and -16, UTF-32 and binary.</summary>
    [Theory]
    [InlineData(12)]
    [InlineData(16)]
    [InlineData(18)]
    [InlineData(34)]
    [InlineData(899)]
    public void Decode_SetThatIsNotSupported_IsRefused(int eci) => Assert.Null(Decode(eci, [0x41]));

    /// <summary>
    /// Compares every sequence of one or two bytes with .NET's decoder. Bytes that .NET decodes to private characters or, in code pages, to
    /// control characters are gaps in the set.
    /// </summary>
    [Theory]
    [InlineData(4, 28592)]
    [InlineData(22, 1251)]
    [InlineData(20, 932)]
    [InlineData(28, 950)]
    [InlineData(30, 949)]
    [InlineData(32, 54936)]
    public void Decode_AnyTwoBytes_IsWhatNetDecodesOrNothing(int eci, int codePage)
    {
        var set = EciCharacterSets.Find(eci)!;
        var net = Net(codePage);
        var chars = new char[4];
        int equal = 0, refused = 0;
        for (var pair = 0x2020; pair <= 0xFFFF; pair++)
        {
            byte[] bytes = [(byte)(pair >> 8), (byte)(pair & 0xFF)];
            var count = set.Decode(bytes, chars);
            if (count >= 0)
            {
                Assert.Equal(net.GetString(bytes), new string(chars, 0, count));
                equal++;
                continue;
            }
            refused++;
            Assert.True(IsNoText(net, bytes), $"{pair:X4} was refused");
        }
        Assert.True(equal > 20_000 || refused > 0);
    }

    /// <summary>Half a character, an overlong form or a lone surrogate: one invalid sequence makes the whole text invalid.</summary>
    [Theory]
    [InlineData(26, new byte[] { 0x41, 0xC3 })]
    [InlineData(26, new byte[] { 0xC0, 0xAF })]
    [InlineData(26, new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(26, new byte[] { 0xF4, 0x90, 0x80, 0x80 })]
    [InlineData(27, new byte[] { 0x41, 0x80 })]
    [InlineData(20, new byte[] { 0x41, 0x83 })]
    [InlineData(20, new byte[] { 0x81, 0x3F })]
    [InlineData(20, new byte[] { 0xFD })]
    [InlineData(25, new byte[] { 0x00, 0x41, 0x00 })]
    [InlineData(25, new byte[] { 0xD8, 0x00, 0x00, 0x41 })]
    [InlineData(25, new byte[] { 0xDC, 0x00 })]
    [InlineData(25, new byte[] { 0xD8, 0x00 })]
    [InlineData(28, new byte[] { 0xA4 })]
    [InlineData(32, new byte[] { 0x81, 0x30, 0x81 })]
    [InlineData(32, new byte[] { 0xE3, 0x32, 0x9A, 0x36 })]
    [InlineData(32, new byte[] { 0x84, 0x31, 0xA5, 0x30 })]
    [InlineData(23, new byte[] { 0x81 })]
    [InlineData(9, new byte[] { 0xFF })]
    public void Decode_BytesThatAreNotOfTheNamedSet_AreRefused(int eci, byte[] bytes) => Assert.Null(Decode(eci, bytes));

    [Fact]
    public void Decode_AnyTextCharacterOfUnicodeInGb18030_IsTheCharacter()
    {
        var set = EciCharacterSets.Find(32)!;
        var net = Net(54936);
        var chars = new char[4];
        for (var value = 0x20; value <= 0x10FFFF; value += value < 0x1_0000 ? 1 : 257)
        {
            if (!Rune.IsValid(value) || value is (>= 0x80 and <= 0x9F) or (>= 0xE000 and <= 0xF8FF) or 0xFFFF)
            {
                continue;
            }
            var text = new Rune(value).ToString();
            var count = set.Decode(net.GetBytes(text), chars);
            Assert.True(count > 0 && text.AsSpan().SequenceEqual(chars.AsSpan(0, count)), $"U+{value:X4}");
        }
    }

    private static bool IsNoText(Encoding net, byte[] bytes)
    {
        try
        {
            return net.GetString(bytes).Any(static character => character is (>= '\x80' and <= '\x9F') or (>= '\uE000' and <= '\uF8FF'));
        }
        catch (DecoderFallbackException)
        {
            return true;
        }
    }

    private static Encoding Net(int codePage) =>
        CodePagesEncodingProvider.Instance.GetEncoding(codePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
        ?? Encoding.GetEncoding(codePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);

    private static string? Decode(int eci, byte[] bytes)
    {
        var bits = new BitWriter().Write((int)SegmentMode.Eci, 4);
        _ = eci < 128 ? bits.Write(eci, 8) : bits.Write(0x80_00 | eci, 16);
        return new SegmentDecoder()
            .Decode(bits.Write((int)SegmentMode.Byte, 4).Write(bytes.Length, 8).WriteBytes(bytes).ToArray(), version: 1)?.Text;
    }
}

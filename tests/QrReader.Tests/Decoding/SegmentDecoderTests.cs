using CsCheck;
using Parking.QrReader.Decoding;
using Parking.QrReader.Tests.Drawing;
using QRCoder;

namespace Parking.QrReader.Tests.Decoding;

public sealed class SegmentDecoderTests
{
    private const int Version = 1;

    private readonly SegmentDecoder _decoder = new();

    [Theory]
    [InlineData("0")]
    [InlineData("07")]
    [InlineData("007")]
    [InlineData("0070")]
    [InlineData("31415926535897932384626433832795")]
    [InlineData("A")]
    [InlineData("AB")]
    [InlineData("SP1: $%*+-./:")]
    [InlineData("lower case, and a tab\t")]
    [InlineData("line\r\nline")]
    public void Decode_TextDrawnByAnotherEncoder_IsTheText(string text) =>
        Assert.Equal(text, Decode(DrawnSymbol.Of(text, ErrorCorrectionLevel.Medium)));

    [Theory]
    [InlineData("停车场 A 区", QRCodeGenerator.EciMode.Utf8)]
    [InlineData("Grüße 🚗", QRCodeGenerator.EciMode.Utf8)]
    [InlineData("停车场", QRCodeGenerator.EciMode.Default)]
    [InlineData("Grüße", QRCodeGenerator.EciMode.Iso8859_1)]
    public void Decode_TextWithItsCharacterSet_IsTheText(string text, QRCodeGenerator.EciMode eci) =>
        Assert.Equal(text, Decode(DrawnSymbol.Of(text, ErrorCorrectionLevel.Medium, eci: eci)));

    [Fact]
    public void Decode_SegmentsOfAllModes_AreJoined()
    {
        var data = new BitWriter()
            .WriteSegment(SegmentMode.Numeric, Version, "0123")
            .WriteSegment(SegmentMode.Alphanumeric, Version, "A:$")
            .WriteSegment(SegmentMode.Kanji, Version, "駐車場")
            .Write(13, 4).Write(1, 4).Write(2, 8).Write(((0xCD - 0xA6) * 0x60) + 0x02, 13).Write(((0xA3 - 0xA1) * 0x60) + 0x1F, 13)
            .Eci(26).WriteSegment(SegmentMode.Byte, Version, "停")
            .Write(0, 4);

        Assert.Equal("0123A:$駐車場停＠停", Decode(data));
    }

    /// <summary>Compares every character of Kanji mode with .NET's own Shift-JIS.</summary>
    [Fact]
    public void Decode_EveryKanji_IsTheCharacter()
    {
        const int LargeVersion = 40;
        var kanji = SampleText.AllKanji;
        Assert.InRange(kanji.Length, 6_700, 7_000);
        foreach (var text in kanji.Chunk(1_000).Select(static chunk => new string(chunk)))
        {
            Assert.Equal(
                text, _decoder.Decode(new BitWriter().WriteSegment(SegmentMode.Kanji, LargeVersion, text).ToArray(), LargeVersion)?.Text);
        }
    }

    [Fact]
    public void Decode_KanjiOrHanziThatDoNotExist_IsRefused()
    {
        // 82-40 and EB-BF of Shift-JIS, and row 10 of GB 2312, are empty; subset 2 of Hanzi does not exist.
        Assert.Null(Decode(new BitWriter().Write(8, 4).Write(1, 8).Write(0xC0, 13)));
        Assert.Null(Decode(new BitWriter().Write(8, 4).Write(1, 8).Write(0x1FFF, 13)));
        Assert.Null(Decode(new BitWriter().Write(13, 4).Write(1, 4).Write(1, 8).Write(0x1FFF, 13)));
        Assert.Null(Decode(new BitWriter().Write(13, 4).Write(2, 4).Write(1, 8).Write(0, 13)));
    }

    [Theory]
    [InlineData(26, 8)]
    [InlineData(0x80_00 | 26, 16)]
    [InlineData(0xC0_00_00 | 26, 24)]
    public void Decode_EciInOneToThreeBytes_IsUnderstood(int designator, int bits)
    {
        var data = new BitWriter().Write(7, 4).Write(designator, bits).WriteSegment(SegmentMode.Byte, Version, "é");

        Assert.Equal("é", Decode(data));
    }

    /// <summary>
    /// The numbers are reserved, binary or out of range. The others are 26 with an additional bit in the second or third byte, and a first
    /// byte that announces no valid length.
    /// </summary>
    [Theory]
    [InlineData(14, 8)]
    [InlineData(0x80_00 | 899, 16)]
    [InlineData(0x80_00 | 255, 16)]
    [InlineData(0x81_1A, 16)]
    [InlineData(0xA0_1A, 16)]
    [InlineData(0xC1_00_1A, 24)]
    [InlineData(0xE0_00_1A, 24)]
    public void Decode_UnknownEci_IsRefused(int designator, int bits)
    {
        var data = new BitWriter().Write(7, 4).Write(designator, bits).Write(4, 4).Write(1, 8).WriteBytes(0x41);

        Assert.Null(Decode(data));
    }

    [Theory]
    [InlineData(6)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(14)]
    [InlineData(15)]
    public void Decode_UnknownMode_IsRefused(int mode) =>
        Assert.Null(Decode(new BitWriter().WriteSegment(SegmentMode.Numeric, Version, "7").Write(mode, 4).Write(0, 40)));

    /// <summary>Some encoders change the mode within a character, if its second byte is a digit or a letter.</summary>
    [Fact]
    public void Decode_CharacterCutBetweenModes_IsTheText()
    {
        // 83-41-83-43 is アイ; its second byte is a letter.
        var data = new BitWriter().Eci(20).Write(4, 4).Write(1, 8).WriteBytes(0x83).WriteSegment(SegmentMode.Alphanumeric, Version, "A")
            .Write(4, 4).Write(1, 8).WriteBytes(0x83).WriteSegment(SegmentMode.Alphanumeric, Version, "C");

        Assert.Equal("アイ", Decode(data));
    }

    /// <summary>Digits and letters are ASCII even if the bytes are UTF-16.</summary>
    [Fact]
    public void Decode_DigitsBesideUtf16_AreDigits()
    {
        var data = new BitWriter().Eci(25).Write(4, 4).Write(2, 8).WriteBytes(0x50, 0x5C).WriteSegment(SegmentMode.Numeric, Version, "42");

        Assert.Equal("停42", Decode(data));
    }

    [Fact]
    public void Decode_Fnc1_PercentStandsForTheGroupSeparator()
    {
        var separator = new BitWriter().Write(5, 4).WriteSegment(SegmentMode.Alphanumeric, Version, "A%B%");
        var percent = new BitWriter().Write(5, 4).WriteSegment(SegmentMode.Alphanumeric, Version, "A%%B%%%");
        var bytes = new BitWriter().Write(5, 4).WriteSegment(SegmentMode.Byte, Version, "A%B");
        var none = new BitWriter().WriteSegment(SegmentMode.Alphanumeric, Version, "A%B%%");

        Assert.Equal("A\u001DB\u001D", Decode(separator));
        Assert.Equal("A%B%\u001D", Decode(percent));
        Assert.Equal("A%B", Decode(bytes));
        Assert.Equal("A%B%%", Decode(none));
    }

    /// <summary>The text begins with the application indicator: two digits, or a letter coded as its value plus 100.</summary>
    [Theory]
    [InlineData(37, "37X")]
    [InlineData(5, "05X")]
    [InlineData('a' + 100, "aX")]
    [InlineData('Z' + 100, "ZX")]
    [InlineData(100, null)]
    [InlineData('a' + 99, null)]
    [InlineData(255, null)]
    public void Decode_Fnc1InSecondPosition_BeginsWithTheApplicationIndicator(int indicator, string? expected) =>
        Assert.Equal(
            expected, Decode(new BitWriter().Write(9, 4).Write(indicator, 8).WriteSegment(SegmentMode.Alphanumeric, Version, "X")));

    [Theory]
    [InlineData(0, false, "]Q1")]
    [InlineData(0, true, "]Q2")]
    [InlineData(5, false, "]Q3")]
    [InlineData(5, true, "]Q4")]
    [InlineData(9, false, "]Q5")]
    [InlineData(9, true, "]Q6")]
    public void Decode_Fnc1AndEci_AreInTheSymbologyIdentifier(int fnc1, bool eci, string expected)
    {
        var data = new BitWriter();
        _ = eci ? data.Eci(26) : data;
        _ = fnc1 == 0 ? data : data.Write(fnc1, 4);
        _ = fnc1 == 9 ? data.Write(1, 8) : data;

        Assert.Equal(
            expected, _decoder.Decode(data.WriteSegment(SegmentMode.Numeric, Version, "1").ToArray(), Version)?.SymbologyIdentifier);
    }

    [Fact]
    public void Decode_OneOfSeveralSymbols_SaysWhichPartItIs()
    {
        static BitWriter Part(int index, int count) => new BitWriter().Write(3, 4).Write(index, 4).Write(count - 1, 4).Write(0xA7, 8);

        var content = _decoder.Decode(Part(2, 16).WriteSegment(SegmentMode.Numeric, Version, "345").ToArray(), Version);

        Assert.Equal("345", content?.Text);
        Assert.Equal(new SymbolPart(2, 16, 0xA7), content?.Part);
        Assert.Null(_decoder.Decode(new BitWriter().WriteSegment(SegmentMode.Numeric, Version, "345").ToArray(), Version)?.Part);
        Assert.Null(Decode(Part(2, 2).WriteSegment(SegmentMode.Numeric, Version, "345")));
        Assert.Null(Decode(Part(0, 2).Write(3, 4).Write(0x0177, 16).WriteSegment(SegmentMode.Numeric, Version, "345")));
    }

    [Fact]
    public void Decode_SegmentsOfSeveralModes_GivesTheirBytes()
    {
        var data = new BitWriter().WriteSegment(SegmentMode.Numeric, Version, "12").WriteSegment(SegmentMode.Kanji, Version, "点")
            .Eci(3).Write(4, 4).Write(1, 8).WriteBytes(0xE9);

        Assert.Equal<byte>([0x31, 0x32, 0x93, 0x5F, 0xE9], _decoder.Decode(data.ToArray(), Version)!.Value.Bytes);
    }

    [Fact]
    public void Decode_NumbersThatAreNoDigits_IsRefused()
    {
        Assert.Null(Decode(new BitWriter().Write(1, 4).Write(3, 10).Write(1000, 10)));
        Assert.Null(Decode(new BitWriter().Write(1, 4).Write(2, 10).Write(100, 7)));
        Assert.Null(Decode(new BitWriter().Write(1, 4).Write(1, 10).Write(10, 4)));
        Assert.Null(Decode(new BitWriter().Write(2, 4).Write(2, 9).Write(2025, 11)));
        Assert.Null(Decode(new BitWriter().Write(2, 4).Write(1, 9).Write(45, 6)));
    }

    /// <summary>
    /// A truncated segment makes the symbol invalid even after a complete segment, because half a text is a different text.
    /// </summary>
    [Fact]
    public void Decode_SegmentLongerThanTheSymbol_IsRefused()
    {
        static BitWriter Whole() => new BitWriter().WriteSegment(SegmentMode.Alphanumeric, Version, "WHOLE");

        Assert.Equal("WHOLE", Decode(Whole()));
        Assert.Null(Decode(Whole().Write(4, 4).Write(200, 8).WriteBytes(0x41, 0x42)));
        Assert.Null(Decode(Whole().Write(1, 4).Write(900, 10).Write(1, 10)));
        Assert.Null(Decode(Whole().Write(2, 4).Write(400, 9).Write(1, 11)));
        Assert.Null(Decode(Whole().Write(8, 4).Write(9, 8).Write(1, 13)));
        Assert.Null(Decode(Whole().Write(13, 4).Write(1, 4).Write(9, 8).Write(1, 13)));
        Assert.Null(Decode(Whole().Write(7, 4)));
        Assert.Null(Decode(Whole().Write(4, 4)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void Decode_TerminatorCutShort_IsTheText(int bits) =>
        Assert.Equal("AB", Decode(new BitWriter().WriteSegment(SegmentMode.Alphanumeric, Version, "AB").Write(0, bits)));

    /// <summary>
    /// Padding without a terminator is accepted, wherever the text ends within a byte. Data that only resembles padding is not.
    /// </summary>
    [Fact]
    public void Decode_PaddingWithoutTerminator_IsTheText()
    {
        for (var length = 1; length <= 12; length++)
        {
            for (var padding = 1; padding <= 5; padding++)
            {
                var text = new string('7', length);
                byte[] whole = new BitWriter().WriteSegment(SegmentMode.Numeric, Version, text).ToArray();
                byte[] padded = [.. whole, .. new byte[] { 0xEC, 0x11, 0xEC, 0x11, 0xEC }.Take(padding)];

                Assert.Equal(text, _decoder.Decode(padded, Version)?.Text);
            }
        }

        // The text ends after 20 bits. The padding bytes must begin at the next byte; here they follow at once, so they are not padding.
        var aligned = new BitWriter().Write(4, 4).Write(1, 8).WriteBytes(0x41).Write(0xE, 4).Write(0xC1, 8);
        Assert.Null(Decode(aligned));
    }

    [Fact]
    public void Decode_AnythingAfterTheTerminator_IsNoText() =>
        Assert.Equal("AB", Decode(new BitWriter().WriteSegment(SegmentMode.Alphanumeric, Version, "AB").Write(0, 4).Write(0x5A5A5A, 24)));

    /// <summary>A block of zeros is a codeword, so a blank area must not decode to a text.</summary>
    [Fact]
    public void Decode_NoSegmentsOrEmptyOnes_IsRefused()
    {
        Assert.Null(Decode(new BitWriter().Write(0, 152)));
        Assert.Null(Decode(new BitWriter().WriteBytes(0xEC, 0x11)));
        Assert.Null(Decode(new BitWriter().WriteSegment(SegmentMode.Byte, Version, "")));
        Assert.Null(Decode(new BitWriter().Eci(26).WriteSegment(SegmentMode.Byte, Version, "\uFEFF")));
    }

    [Fact]
    public void Decode_ByteOrderMark_IsNoText() =>
        Assert.Equal("停", Decode(new BitWriter().WriteSegment(SegmentMode.Byte, Version, "\uFEFF停")));

    [Fact]
    public void Decode_AnyBytes_DoesNotThrow() =>
        Gen.Select(Gen.Byte.Array[0, 300], Gen.Int[1, 40]).SampleCases(
            Depth.Cases,
            static (data, version) => Assert.NotEqual("", new SegmentDecoder().Decode(data, version)?.Text));

    [Fact]
    public void Decode_AnyUtf8Text_IsTheText() =>
        Gen.String[Gen.Char.AlphaNumeric, 1, 20].Select(static text => text + "é停🚗").SampleCases(
            Depth.Cases,
            static text => Assert.Equal(text, Decode(new BitWriter().WriteSegment(SegmentMode.Byte, Version, text))));

    private static string? Decode(DrawnSymbol symbol) => new SymbolDecoder().Decode(symbol.Layout, symbol.Modules(), [])?.Content.Text;

    private static string? Decode(BitWriter data) => new SegmentDecoder().Decode(data.ToArray(), Version)?.Text;
}

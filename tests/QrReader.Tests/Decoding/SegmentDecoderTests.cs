using System.Text;
using CsCheck;
using Parking.QrReader.Decoding;
using QRCoder;

namespace Parking.QrReader.Tests.Decoding;

public sealed class SegmentDecoderTests
{
    private const int Numeric = 1, Alphanumeric = 2, StructuredAppend = 3, Bytes = 4, Fnc1First = 5, Eci = 7, Kanji = 8, Fnc1Second = 9;
    private const int Version = 1;

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

    /// <summary>The same bytes are é in Latin-1 and half-width kana in JIS8, and the symbol does not say.</summary>
    [Fact]
    public void Decode_BytesOfAnUnnamedCharacterSet_IsRefused()
    {
        Assert.Null(Decode(new BitWriter().Write(Bytes, 4).Write(3, 8).WriteBytes(0xC3, 0xDE, 0x41)));
        Assert.Equal("ÃÞA", Decode(new BitWriter().Write(Eci, 4).Write(3, 8).Write(Bytes, 4).Write(3, 8).WriteBytes(0xC3, 0xDE, 0x41)));
    }

    [Fact]
    public void Decode_SegmentsOfAllModes_AreJoined()
    {
        var data = new BitWriter()
            .Write(Numeric, 4).Write(4, 10).Write(12, 10).Write(3, 4)
            .Write(Alphanumeric, 4).Write(3, 9).Write((10 * 45) + 44, 11).Write(36, 6)
            .Write(Eci, 4).Write(26, 8).Write(Bytes, 4).Write(3, 8).WriteBytes("停"u8)
            .Write(0, 4);

        Assert.Equal("0123A: 停", Decode(data));
    }

    [Theory]
    [InlineData(26, 8)]
    [InlineData(0x80_00 | 26, 16)]
    [InlineData(0xC0_00_00 | 26, 24)]
    public void Decode_EciInOneToThreeBytes_IsUnderstood(int designator, int bits)
    {
        var data = new BitWriter().Write(Eci, 4).Write(designator, bits).Write(Bytes, 4).Write(2, 8).WriteBytes("é"u8);

        Assert.Equal("é", Decode(data));
    }

    /// <summary>20 is Shift-JIS; the others are 26 with a bit more in the second or third byte, and a first byte that announces nothing.</summary>
    [Theory]
    [InlineData(20, 8)]
    [InlineData(0x81_1A, 16)]
    [InlineData(0xA0_1A, 16)]
    [InlineData(0xC1_00_1A, 24)]
    [InlineData(0xE0_00_1A, 24)]
    public void Decode_UnknownEci_IsRefused(int designator, int bits)
    {
        var data = new BitWriter().Write(Eci, 4).Write(designator, bits).Write(Bytes, 4).Write(1, 8).WriteBytes(0x41);

        Assert.Null(Decode(data));
    }

    [Theory]
    [InlineData(Kanji)]
    [InlineData(StructuredAppend)]
    [InlineData(6)]
    [InlineData(15)]
    public void Decode_ModeThatIsNotRead_IsRefused(int mode) =>
        Assert.Null(Decode(new BitWriter().Write(Numeric, 4).Write(1, 10).Write(7, 4).Write(mode, 4).Write(0, 40)));

    [Fact]
    public void Decode_Fnc1_PercentStandsForTheGroupSeparator()
    {
        // "A%B" and "A%%B": a separator, and a percent sign.
        const int Percent = 38;
        static BitWriter Start(BitWriter data) => data.Write(Fnc1First, 4);
        var separator = Start(new BitWriter()).Write(Alphanumeric, 4).Write(3, 9).Write((10 * 45) + Percent, 11).Write(11, 6);
        var percent = Start(new BitWriter()).Write(Alphanumeric, 4).Write(4, 9).Write((10 * 45) + Percent, 11).Write((Percent * 45) + 11, 11);
        var second = new BitWriter().Write(Fnc1Second, 4).Write(37, 8).Write(Alphanumeric, 4).Write(1, 9).Write(Percent, 6);

        Assert.Equal("A\u001DB", Decode(separator));
        Assert.Equal("A%B", Decode(percent));
        Assert.Equal("\u001D", Decode(second));
    }

    [Fact]
    public void Decode_NumbersThatAreNoDigits_IsRefused()
    {
        Assert.Null(Decode(new BitWriter().Write(Numeric, 4).Write(3, 10).Write(1000, 10)));
        Assert.Null(Decode(new BitWriter().Write(Numeric, 4).Write(2, 10).Write(100, 7)));
        Assert.Null(Decode(new BitWriter().Write(Numeric, 4).Write(1, 10).Write(10, 4)));
        Assert.Null(Decode(new BitWriter().Write(Alphanumeric, 4).Write(2, 9).Write(2025, 11)));
        Assert.Null(Decode(new BitWriter().Write(Alphanumeric, 4).Write(1, 9).Write(45, 6)));
    }

    [Fact]
    public void Decode_SegmentLongerThanTheSymbol_IsRefused()
    {
        Assert.Null(Decode(new BitWriter().Write(Bytes, 4).Write(200, 8).WriteBytes(0x41, 0x42)));
        Assert.Null(Decode(new BitWriter().Write(Numeric, 4).Write(900, 10).Write(1, 10)));
        Assert.Null(Decode(new BitWriter().Write(Alphanumeric, 4).Write(400, 9).Write(1, 11)));
    }

    /// <summary>All zeros is a codeword of every block: a blank area must not become a symbol.</summary>
    [Fact]
    public void Decode_NoSegments_IsRefused() => Assert.Null(Decode(new BitWriter().Write(0, 152)));

    [Fact]
    public void Decode_AnyBytes_DoesNotThrow() =>
        Gen.Select(Gen.Byte.Array[0, 300], Gen.Int[1, 40]).Sample(
            (data, version) => SegmentDecoder.TryDecode(data, version, out var text) == !string.IsNullOrEmpty(text), iter: 20_000);

    [Fact]
    public void Decode_AnyUtf8Text_IsTheText() =>
        Gen.String[Gen.Char.AlphaNumeric, 1, 20].Select(static text => text + "é停🚗").Sample(
            text =>
            {
                var bytes = Encoding.UTF8.GetBytes(text);
                Assert.Equal(text, Decode(new BitWriter().Write(Bytes, 4).Write(bytes.Length, 8).WriteBytes(bytes)));
            },
            iter: 500);

    private static string? Decode(DrawnSymbol symbol) => SymbolDecoder.Decode(symbol.Layout, symbol.Modules(), [])?.Text;

    private static string? Decode(BitWriter data) => SegmentDecoder.TryDecode(data.ToArray(), Version, out var text) ? text : null;
}

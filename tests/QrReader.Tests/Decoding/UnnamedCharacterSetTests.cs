using System.Text;
using Parking.QrReader.Decoding;
using Parking.QrReader.Tests.Drawing;

namespace Parking.QrReader.Tests.Decoding;

/// <summary>Bytes in symbols that do not name their character set.</summary>
public sealed class UnnamedCharacterSetTests
{
    public const int Utf8 = 65001, ShiftJis = 932, Gbk = 936, EucKr = 949, Latin1 = 28591, Windows1252 = 1252;

    public static TheoryData<int, string> Texts => new()
    {
        { ShiftJis, "今度のバージョンでは文章の暗号化ができます。" },
        { ShiftJis, "駐車場" },
        { ShiftJis, "駐車券No.0012" },
        { ShiftJis, "東京都千代田区霞が関1-2-3" },
        { ShiftJis, "ﾊﾟｰｷﾝｸﾞ" },
        { ShiftJis, "TEL:03-1234-5678\nﾖﾔｸ" },
        { ShiftJis, "MECARD:N:山田,太郎;SOUND:ﾔﾏﾀﾞ,ﾀﾛｳ;TEL:09012345678;;" },
        { ShiftJis, "ｱﾝｹｰﾄはこちら http://example.jp/" },
        { Latin1, "Grüße aus München" },
        { Latin1, "Café de l'Hôtel, entrée à gauche" },
        { Latin1, "Été" },
        { Latin1, "Niño, mañana, ¿qué?" },
        { Latin1, "São João, estação" },
        { Latin1, "Ærø, Blåbærgrød, på ø" },
        { Latin1, "MÜNCHEN" },
        { Latin1, "BEGIN:VCARD\nN:Müller;Jürgen\nADR:Königsstraße 7\nEND:VCARD" },
        { Latin1, "20°C, §5, £3" },
        { Utf8, "停车场" },
        { Utf8, "駐車場 パーキング ﾊﾟｰｷﾝｸﾞ" },
        { Utf8, "Grüße" },
        { Utf8, "é" },
        { Utf8, "Парковка" },
        { Utf8, "주차장" },
        { Utf8, "موقف" },
        { Utf8, "🚗🅿️" },
        { Utf8, "naïve – “quoted” … €" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Decode_BytesOfASetThatIsDetected_IsTheText(int codePage, string text) =>
        Assert.Equal(text, Decode(new BitWriter(), Net(codePage).GetBytes(text)));

    /// <summary>
    /// Bytes that are valid in two sets: UTF-8 has precedence, then ISO/IEC 8859-1 if at most two characters beyond ASCII are adjacent.
    /// </summary>
    [Theory]
    [InlineData(new byte[] { 0xC2, 0xB1 }, "±")]
    [InlineData(new byte[] { 0xC3, 0xDE }, "ÃÞ")]
    [InlineData(new byte[] { 0xC3, 0xDE, 0xDE }, "ﾃﾞﾞ")]
    public void Decode_BytesOfTwoSets_IsTheTextInTheFirst(byte[] bytes, string expected) =>
        Assert.Equal(expected, Decode(new BitWriter(), bytes));

    /// <summary>All bytes without a named set are decoded with one set, even if other segments lie between them.</summary>
    [Fact]
    public void Decode_BytesOnBothSidesOfKanji_HaveOneSet()
    {
        var bits = new BitWriter().Write((int)SegmentMode.Byte, 4).Write(2, 8).WriteBytes([0xC3, 0xDE])
            .WriteSegment(SegmentMode.Kanji, 1, "点");

        Assert.Equal("ﾃﾞ点バー", Decode(bits, Net(ShiftJis).GetBytes("バー")));
    }

    /// <summary>Texts in other sets are usually not valid in any of the three detected sets.</summary>
    [Theory]
    [InlineData(Gbk, "请扫码支付")]
    [InlineData(EucKr, "서울특별시 강남구 주차요금 1,000원")]
    [InlineData(Windows1252, "Preis: 20 € – „günstig“")]
    [InlineData(1251, "Платная парковка")]
    [InlineData(950, "歡迎光臨臺北市立停車場")]
    [InlineData(51932, "駐車場はこちらです")]
    [InlineData(1253, "Χώρος στάθμευσης")]
    public void Decode_BytesOfASetThatIsNotDetected_AreRefused(int codePage, string text) =>
        Assert.Null(Decode(new BitWriter(), Net(codePage).GetBytes(text)));

    /// <summary>Keys, hashes and compressed data are not valid text in any set.</summary>
    [Fact]
    public void Decode_RandomBytes_AreNearlyAllRefused()
    {
        var random = new Random(1);
        var bytes = new byte[32];
        var read = 0;
        for (var i = 0; i < 2_000; i++)
        {
            random.NextBytes(bytes);
            read += Decode(new BitWriter(), bytes) is null ? 0 : 1;
        }
        Assert.InRange(read, 0, 4);
    }

    private static Encoding Net(int codePage) => CodePagesEncodingProvider.Instance.GetEncoding(codePage) ?? Encoding.GetEncoding(codePage);

    private static string? Decode(BitWriter before, byte[] bytes) =>
        new SegmentDecoder()
            .Decode(before.Write((int)SegmentMode.Byte, 4).Write(bytes.Length, 8).WriteBytes(bytes).ToArray(), version: 1)?.Text;
}

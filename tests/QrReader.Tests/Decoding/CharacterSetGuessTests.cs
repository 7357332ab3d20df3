using System.Text;
using Parking.QrReader.Decoding;
using Parking.QrReader.Tests.Drawing;

namespace Parking.QrReader.Tests.Decoding;

/// <summary>Bytes in symbols that do not name their character set, as they are found on walls and telephones.</summary>
public sealed class CharacterSetGuessTests
{
    public const int Utf8 = 65001, ShiftJis = 932, Gbk = 936, EucKr = 949, Latin1 = 28591, Windows1252 = 1252;

    public static TheoryData<int, string> Texts => new()
    {
        { ShiftJis, "今度のバージョンでは文章の暗号化ができます。" },
        { ShiftJis, "駐車場" },
        { ShiftJis, "駐車券No.0012" },
        { ShiftJis, "タイムズ渋谷第3" },
        { ShiftJis, "東京都千代田区霞が関1-2-3" },
        { ShiftJis, "ありがとう" },
        { ShiftJis, "ﾊﾟｰｷﾝｸﾞ" },
        { ShiftJis, "ﾀｲﾑｽﾞ ｶﾌﾞｼｷｶﾞｲｼｬ" },
        { ShiftJis, "TEL:03-1234-5678\nﾖﾔｸ" },
        { ShiftJis, "MECARD:N:山田,太郎;SOUND:ﾔﾏﾀﾞ,ﾀﾛｳ;TEL:09012345678;;" },
        { ShiftJis, "ｱﾝｹｰﾄはこちら http://example.jp/" },
        { ShiftJis, "ﾎﾟｲﾝﾄｶｰﾄﾞ会員" },
        { Gbk, "停车场" },
        { Gbk, "停车场A区12号" },
        { Gbk, "欢迎光临" },
        { Gbk, "北京市朝阳区停车收费" },
        { Gbk, "上海" },
        { Gbk, "请扫码支付" },
        { Gbk, "京A12345" },
        { Gbk, "沪B·88888" },
        { Gbk, "您好！欢迎使用微信支付，请在十分钟内离场。" },
        { Gbk, "http://example.cn/?n=支付宝" },
        { Gbk, "联通" },
        { Gbk, "朱镕基" },
        { Gbk, "不允许停车" },
        { Gbk, "家里" },
        { EucKr, "주차장" },
        { EucKr, "서울" },
        { EucKr, "안녕하세요" },
        { EucKr, "서울특별시 강남구 주차요금 1,000원" },
        { EucKr, "부산" },
        { Latin1, "Grüße aus München" },
        { Latin1, "Straße 5, Köln" },
        { Latin1, "Café de l'Hôtel, entrée à gauche" },
        { Latin1, "Été" },
        { Latin1, "Niño, mañana, ¿qué?" },
        { Latin1, "São João, estação" },
        { Latin1, "Ærø, Blåbærgrød, på ø" },
        { Latin1, "Äpfel" },
        { Latin1, "MÜNCHEN" },
        { Latin1, "BEGIN:VCARD\nN:Müller;Jürgen\nADR:Königsstraße 7\nEND:VCARD" },
        { Latin1, "20°C, §5, £3" },
        { Windows1252, "Preis: 20 € – „günstig“" },
        { Utf8, "停车场" },
        { Utf8, "駐車場 パーキング ﾊﾟｰｷﾝｸﾞ" },
        { Utf8, "Grüße" },
        { Utf8, "é" },
        { Utf8, "ñ" },
        { Utf8, "°" },
        { Utf8, "Парковка" },
        { Utf8, "주차장" },
        { Utf8, "موقف" },
        { Utf8, "ที่จอดรถ" },
        { Utf8, "🚗🅿️" },
        { Utf8, "naïve – “quoted” … €" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Decode_BytesOfACommonSet_IsTheText(int codePage, string text) => Assert.Equal(text, Decode(new BitWriter(), Net(codePage).GetBytes(text)));

    /// <summary>The table in the remarks of the guess: bytes that mean something in two sets.</summary>
    [Theory]
    [InlineData(new byte[] { 0xC3, 0xDE }, "ﾃﾞ")]
    [InlineData(new byte[] { 0xC3, 0xDE, 0x41 }, "ﾃﾞA")]
    [InlineData(new byte[] { 0xC2, 0xB1 }, "±")]
    [InlineData(new byte[] { 0xCD, 0xA3, 0xB3, 0xB5, 0xB3, 0xA1 }, "停车场")]
    [InlineData(new byte[] { 0xBC, 0xAD, 0xBF, 0xEF }, "서울")]
    public void Decode_BytesThatMeanSomethingInTwoSets_IsTheLikelierText(byte[] bytes, string expected) => Assert.Equal(expected, Decode(new BitWriter(), bytes));

    /// <summary>Kanji segments are Shift-JIS, so bytes beside them are too, unless they are long enough to say otherwise.</summary>
    [Fact]
    public void Decode_BytesBesideKanjiSegments_AreShiftJisFirst()
    {
        static BitWriter Kanji() => new BitWriter().WriteSegment(SegmentMode.Kanji, 1, "点");

        Assert.Equal("点ﾂｱ", Decode(Kanji(), [0xC2, 0xB1]));
        Assert.Equal("点ﾍ｣ｳｵ", Decode(Kanji(), [0xCD, 0xA3, 0xB3, 0xB5]));
        Assert.Equal("点バー", Decode(Kanji(), Net(ShiftJis).GetBytes("バー")));
        Assert.Equal("点 – 停车场", Decode(Kanji(), Encoding.UTF8.GetBytes(" – 停车场")));
    }

    /// <summary>Sets that are not guessed: their texts are no likely text in another.</summary>
    [Theory]
    [InlineData(1251, "Платная парковка")]
    [InlineData(950, "歡迎光臨臺北市立停車場")]
    [InlineData(51932, "駐車場はこちらです")]
    [InlineData(1253, "Χώρος στάθμευσης")]
    public void Decode_BytesOfASetThatIsNotGuessed_AreRefused(int codePage, string text) => Assert.Null(Decode(new BitWriter(), Net(codePage).GetBytes(text)));

    /// <summary>Keys, hashes and compressed data are no text in any set.</summary>
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
        new SegmentDecoder().Decode(before.Write((int)SegmentMode.Byte, 4).Write(bytes.Length, 8).WriteBytes(bytes).ToArray(), version: 1)?.Text;
}

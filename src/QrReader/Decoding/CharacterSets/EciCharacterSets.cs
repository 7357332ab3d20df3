namespace Parking.QrReader.Decoding.CharacterSets;

/// <summary>The character sets that a symbol can name, by their Extended Channel Interpretation numbers (AIM ITS/04-023).</summary>
/// <remarks>
/// Each is made when it is first asked for: those of two bytes are tables of 128 KB. GB 2312 and GBK are read as GB 18030, Shift-JIS as code page 932,
/// EUC-KR as code page 949 and ISO/IEC 8859-11 as code page 874, which only add characters. Not here: UTF-32 (34, 35) and binary (899), which is no text.
/// </remarks>
internal static class EciCharacterSets
{
    public const byte ShiftJis = 20, Windows1252 = 23, Utf16BigEndian = 25, Utf8 = 26, Ascii = 27, Gb2312 = 29, EucKr = 30, Gb18030 = 32, Utf16LittleEndian = 33;

    /// <summary>Not a number of AIM's: no set is named.</summary>
    public const byte Unnamed = 255;

    /// <summary>ISO/IEC 646, the characters common to all its national versions.</summary>
    private const byte Invariant = 170;

    private const string Iso8859Part10 =
        "\u00A0ĄĒĢĪĨĶ§ĻĐŠŦŽ\u00ADŪŊ°ąēģīĩķ·ļđšŧž―ūŋĀÁÂÃÄÅÆĮČÉĘËĖÍÎÏÐŅŌÓÔÕÖŨØŲÚÛÜÝÞßāáâãäåæįčéęëėíîïðņōóôõöũøųúûüýþĸ";

    private const string Iso8859Part14 =
        "\u00A0Ḃḃ£ĊċḊ§Ẁ©ẂḋỲ\u00AD®ŸḞḟĠġṀṁ¶ṖẁṗẃṠỳẄẅṡÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏŴÑÒÓÔÕÖṪØÙÚÛÜÝŶßàáâãäåæçèéêëìíîïŵñòóôõöṫøùúûüýŷÿ";

    private const string Iso8859Part16 =
        "\u00A0ĄąŁ€„Š§š©Ș«Ź\u00ADźŻ°±ČłŽ”¶·žčș»ŒœŸżÀÁÂĂÄĆÆÇÈÉÊËÌÍÎÏĐŃÒÓÔŐÖŚŰÙÚÛÜĘȚßàáâăäćæçèéêëìíîïđńòóôőöśűùúûüęțÿ";

    private static readonly Lazy<CharacterSet> Cp437 = new(static () => SingleByteSet.OfCodePage(437, hasControls: false));
    private static readonly Lazy<CharacterSet> Iso8859Part1 = new(static () => SingleByteSet.OfCodePage(28591, hasControls: true));
    private static readonly Lazy<CharacterSet> Gb = new(static () => new Gb18030Set());
    private static readonly Lazy<CharacterSet> AsciiOnly =
        new(static () => new SingleByteSet([.. Enumerable.Range(0, 256).Select(static i => i < 0x80 ? (char)i : CodePage.Nothing)]));

    private static readonly Lazy<CharacterSet>?[] Sets = ListSets();

    /// <summary>The set of an ECI number; null where it is none of these.</summary>
    public static CharacterSet? Find(int eci) => (uint)eci < (uint)Sets.Length ? Sets[eci]?.Value : null;

    private static Lazy<CharacterSet>?[] ListSets()
    {
        var sets = new Lazy<CharacterSet>?[Unnamed];
        (sets[0], sets[1], sets[2], sets[3]) = (Cp437, Iso8859Part1, Cp437, Iso8859Part1);

        // Parts 2 to 16 follow in order; there is no part 12. Of three, .NET has no code page.
        for (var part = 2; part <= 16; part++)
        {
            var codePage = part == 11 ? 874 : 28590 + part;
            sets[part + 2] = part switch
            {
                10 => new(static () => SingleByteSet.OfUpperHalf(Iso8859Part10)),
                12 => null,
                14 => new(static () => SingleByteSet.OfUpperHalf(Iso8859Part14)),
                16 => new(static () => SingleByteSet.OfUpperHalf(Iso8859Part16)),
                _ => new(() => SingleByteSet.OfCodePage(codePage, hasControls: part != 11)),
            };
        }
        sets[ShiftJis] = new(static () => new DoubleByteSet(932, keepsPrivate: true));
        sets[21] = new(static () => SingleByteSet.OfCodePage(1250, hasControls: false));
        sets[22] = new(static () => SingleByteSet.OfCodePage(1251, hasControls: false));
        sets[Windows1252] = new(static () => SingleByteSet.OfCodePage(1252, hasControls: false));
        sets[24] = new(static () => SingleByteSet.OfCodePage(1256, hasControls: false));
        sets[Utf16BigEndian] = new(static () => new Utf16Set(isBigEndian: true));
        sets[Utf8] = new(static () => new Utf8Set());
        sets[Ascii] = sets[Invariant] = AsciiOnly;
        sets[28] = new(static () => new DoubleByteSet(950));
        sets[EucKr] = new(static () => new DoubleByteSet(949));
        sets[Gb2312] = sets[31] = sets[Gb18030] = Gb;
        sets[Utf16LittleEndian] = new(static () => new Utf16Set(isBigEndian: false));
        return sets;
    }
}

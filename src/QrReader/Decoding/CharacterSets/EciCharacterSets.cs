namespace Parking.QrReader.Decoding.CharacterSets;

/// <summary>The character sets that a symbol can name, by Extended Channel Interpretation (ECI) number (AIM ITS/04-023).</summary>
/// <remarks>
/// Each set is created at first use. GB 2312 and GBK are decoded as GB 18030, Shift-JIS as code page 932, EUC-KR as code page 949 and
/// ISO/IEC 8859-11 as code page 874: these are supersets. Not supported: ISO/IEC 8859-10, -14 and -16 (12, 16, 18) and UTF-32 (34, 35),
/// which .NET's code pages lack, and binary (899), which is not text.
/// </remarks>
internal static class EciCharacterSets
{
    public const byte Latin1 = 3, ShiftJis = 20, Utf16BigEndian = 25, Utf8 = 26, Ascii = 27, Gb2312 = 29, Utf16LittleEndian = 33;

    /// <summary>Not an ECI number: the symbol names no set.</summary>
    public const byte Unnamed = 255;

    private static readonly Lazy<CharacterSet>?[] Sets = ListSets();

    /// <summary>The set of an ECI number; null if it is not supported.</summary>
    public static CharacterSet? Find(int eci) => (uint)eci < (uint)Sets.Length ? Sets[eci]?.Value : null;

    private static Lazy<CharacterSet>?[] ListSets()
    {
        var sets = new Lazy<CharacterSet>?[Unnamed];
        sets[0] = sets[2] = CodePage(437);
        sets[1] = sets[Latin1] = Iso8859(28591);
        // 4 to 17: ISO/IEC 8859-2 to -15. There is no part 12; .NET has no parts 10 and 14.
        for (var eci = 4; eci <= 11; eci++)
        {
            sets[eci] = Iso8859(28588 + eci);
        }
        sets[13] = CodePage(874);
        sets[15] = Iso8859(28603);
        sets[17] = Iso8859(28605);
        sets[ShiftJis] = CodePage(932);
        sets[21] = CodePage(1250);
        sets[22] = CodePage(1251);
        sets[23] = CodePage(1252);
        sets[24] = CodePage(1256);
        sets[Utf16BigEndian] = CodePage(1201);
        sets[Utf8] = CodePage(65001);
        // 170 is ISO/IEC 646 without its national variants.
        sets[Ascii] = sets[170] = CodePage(20127);
        sets[28] = CodePage(950);
        sets[30] = CodePage(949);
        sets[Gb2312] = sets[31] = sets[32] = CodePage(54936);
        sets[Utf16LittleEndian] = CodePage(1200);
        return sets;
    }

    private static Lazy<CharacterSet> CodePage(int number) => new(() => new CharacterSet(number));

    private static Lazy<CharacterSet> Iso8859(int codePage) => new(() => new CharacterSet(codePage, hasControls: true));
}

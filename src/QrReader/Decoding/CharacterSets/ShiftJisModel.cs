namespace Parking.QrReader.Decoding.CharacterSets;

/// <summary>Japanese in Shift-JIS: kana and the kanji of level 1 make up nearly all of it. Telephones wrote half-width katakana, of one byte each.</summary>
internal sealed class ShiftJisModel : DoubleByteModel
{
    private const byte FirstKana = 0xA1, LastKana = 0xDF, VoicedMark = 0xDE, HalfVoicedMark = 0xDF;

    private readonly DoubleByteSet _set = (DoubleByteSet)EciCharacterSets.Find(EciCharacterSets.ShiftJis)!;

    /// <summary>Bits of each half-width character, from ｡ to ﾟ: what loanwords are made of is common (ｰ ﾝ ｽ ﾄ ﾙ), ﾇ and the brackets are not.</summary>
    private static ReadOnlySpan<byte> KanaBits => "888878768776665455566554655446656654668665656666666777554567424"u8;

    protected override int CostOfNext(ReadOnlySpan<byte> bytes, out int length)
    {
        if (IsKana(bytes[0]))
        {
            length = LengthOfKana(bytes);
            return CostOfKana(bytes[..length]);
        }
        length = bytes.Length > 1 && _set.Pair(bytes[0], bytes[1]) != CodePage.Nothing ? 2 : 0;
        return length == 0 ? 0 : CostOfPair((bytes[0] << 8) | bytes[1]);
    }

    private static bool IsKana(byte value) => value is >= FirstKana and <= LastKana;

    private static int LengthOfKana(ReadOnlySpan<byte> bytes)
    {
        var other = bytes.IndexOfAnyExceptInRange(FirstKana, LastKana);
        return other < 0 ? bytes.Length : other;
    }

    /// <summary>A word of half-width katakana. Marks follow the kana they change, small kana begin no word, and words of one kana are rare.</summary>
    private static int CostOfKana(ReadOnlySpan<byte> word)
    {
        const int Misplaced = 10;
        var cost = word.Length switch { 1 => 8, 2 => 3, _ => 0 };
        byte before = 0;
        foreach (var value in word)
        {
            cost += KanaBits[value - FirstKana] - '0';
            var fits = value switch
            {
                VoicedMark => before is 0xB3 or (>= 0xB6 and <= 0xC4) or (>= 0xCA and <= 0xCE),
                HalfVoicedMark => before is >= 0xCA and <= 0xCE,
                >= 0xA7 and <= 0xB0 or 0xDD => before is >= 0xA6,
                _ => true,
            };
            cost += fits ? 0 : Misplaced;
            before = value;
        }
        return cost;
    }

    private static int CostOfPair(int pair) => pair switch
    {
        // 、。「」ー and the like; then letters and digits; hiragana; katakana.
        <= 0x81_7E => 9,
        <= 0x81_FC => 13,
        <= 0x82_9A => 10,
        <= 0x82_F1 => 7,
        <= 0x83_96 => 8,
        // Greek, Russian, lines and circled digits; kanji of level 1 and 2; the makers' own; private characters.
        <= 0x88_9E => 15,
        <= 0x98_72 => 12,
        <= 0xEA_A4 => 19,
        < 0xF0_40 => 21,
        < 0xFA_40 => 22,
        _ => 21,
    };
}

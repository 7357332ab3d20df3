using System.Buffers;

namespace Parking.QrReader.Decoding.CharacterSets;

/// <summary>Chinese in GB 18030 (GBK, GB 2312): a few hundred characters make up most of it, and those of level 1 nearly all.</summary>
internal sealed class Gb18030Model : DoubleByteModel
{
    /// <summary>The characters that make up two thirds of running text, and those of places, addresses and signs.</summary>
    private static readonly SearchValues<char> Common = SearchValues.Create(
        "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部"
        + "其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西"
        + "斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计"
        + "管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清"
        + "今切院让识候带导争运"
        + "省县镇村街号楼室城州江湖河桥站店厂园票车票价元费时停泊库收免扫码支付微银卡网址邮编电话手姓址");

    private readonly Gb18030Set _set = (Gb18030Set)EciCharacterSets.Find(EciCharacterSets.Gb18030)!;

    protected override int CostOfNext(ReadOnlySpan<byte> bytes, out int length)
    {
        const int Long = 28;
        if (Gb18030Set.IsLong(bytes))
        {
            length = 4;
            return Long;
        }
        length = bytes.Length > 1 && _set.Short.Pair(bytes[0], bytes[1]) != CodePage.Nothing ? 2 : 0;
        return length == 0 ? 0 : CostOfPair(bytes[0], bytes[1], _set.Short.Pair(bytes[0], bytes[1]));
    }

    private static int CostOfPair(byte lead, byte trail, char character) => lead switch
    {
        // Outside GB 2312's rows of 94: GBK's additions and private characters.
        < 0xA1 or > 0xF7 => 21,
        _ when trail < 0xA1 => 21,
        // 、。“” and the like; ！，：（）and wide letters; Greek, kana, Russian, lines; level 1; level 2.
        0xA1 => 10,
        0xA3 => 11,
        < 0xB0 => 18,
        _ when Common.Contains(character) => 9,
        <= 0xD7 => 13,
        _ => 18,
    };
}

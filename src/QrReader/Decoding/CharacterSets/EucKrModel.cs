using System.Buffers;

namespace Parking.QrReader.Decoding.CharacterSets;

/// <summary>Korean in EUC-KR (code page 949): some two hundred of its syllables make up most of it, and Chinese characters are rare.</summary>
internal sealed class EucKrModel : DoubleByteModel
{
    private static readonly SearchValues<char> Common = SearchValues.Create(
        "이다는에을의고하가지로기사한도리은를어대서인나시자아정으일수전그보해있라장여것만과부들제상원주스구동안성비경조소유신와생연교때공국적문모계화선중간오면위개방요차학년식세실산행"
        + "게미내발민물회관진용거저금등치마할된우업청습니까했되호강남북특별울광번출입무료시층감녕름");

    private readonly DoubleByteSet _set = (DoubleByteSet)EciCharacterSets.Find(EciCharacterSets.EucKr)!;

    protected override int CostOfNext(ReadOnlySpan<byte> bytes, out int length)
    {
        length = bytes.Length > 1 && _set.Pair(bytes[0], bytes[1]) != CodePage.Nothing ? 2 : 0;
        return length == 0 ? 0 : CostOfPair(bytes[0], bytes[1], _set.Pair(bytes[0], bytes[1]));
    }

    private static int CostOfPair(byte lead, byte trail, char character) => lead switch
    {
        // Outside the rows of 94: syllables that only code page 949 adds.
        < 0xA1 => 20,
        _ when trail < 0xA1 => 20,
        // Signs and wide letters; single letters and foreign ones; syllables; Chinese characters.
        < 0xA4 => 12,
        < 0xB0 => 18,
        <= 0xC8 => Common.Contains(character) ? 8 : 13,
        _ => 19,
    };
}

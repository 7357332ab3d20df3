namespace Parking.QrReader.Decoding.CharacterSets;

/// <summary>Which character set the bytes of a symbol are most likely in, where it names none.</summary>
/// <remarks>
/// <para>The standard's default was JIS X 0201 in 1994 and has been ISO/IEC 8859-1 since 2006; writers use the set of their country, and today mostly
/// UTF-8. So all bytes of the symbol are weighed together: of the sets in which they are valid, the one whose readers would
/// find them least surprising (<see cref="WritingModel"/>), with a start for UTF-8, or for Shift-JIS in a symbol with Kanji segments. Bytes that no
/// model makes cheaper than chance (8 bits a byte) are no text.</para>
/// <para>Long texts are told apart with a wide margin. Of a few bytes the same can be right in two sets; then this is what is given:</para>
/// <list type="table">
/// <item><term>C3 DE</term><description>Half-width ﾃﾞ; not ÃÞ, not 棉.</description></item>
/// <item><term>C2 B1</term><description>± (UTF-8); not half-width ﾂｱ.</description></item>
/// <item><term>CD A3 B3 B5 B3 A1</term><description>停车场; not half-width ﾍ｣ｳｵｳ｡.</description></item>
/// <item><term>BC AD BF EF</term><description>서울; not 辑匡.</description></item>
/// </list>
/// <para>EUC-JP, Big5 and the Cyrillic sets are not among them: their texts are refused mostly, but one in EUC-JP with few kana can pass for
/// Chinese, and one in KOI8-R for half-width kana.</para>
/// </remarks>
internal sealed class CharacterSetGuess
{
    private const int ChanceBits = 8;

    /// <summary>How much less common each set is than the most common, in bits: in most symbols, and beside segments of Kanji or Hanzi.</summary>
    private static readonly Candidate[] Candidates =
    [
        new(EciCharacterSets.Utf8, Handicap: 0, HandicapBesideKanji: 8, HandicapBesideHanzi: 8, new Lazy<WritingModel>(static () => new Utf8Model())),
        new(EciCharacterSets.ShiftJis, 6, 0, 20, new Lazy<WritingModel>(static () => new ShiftJisModel())),
        new(EciCharacterSets.Gb18030, 6, 20, 0, new Lazy<WritingModel>(static () => new Gb18030Model())),
        new(EciCharacterSets.EucKr, 8, 20, 20, new Lazy<WritingModel>(static () => new EucKrModel())),
        new(EciCharacterSets.Windows1252, 6, 20, 20, new Lazy<WritingModel>(static () => new Windows1252Model())),
    ];

    private readonly int[] _costs = new int[Candidates.Length];
    private int _length;
    private bool _isAscii;
    private bool _hasKanji;
    private bool _hasHanzi;

    /// <summary>Begins a symbol.</summary>
    /// <param name="hasKanji">Whether it has text in Shift-JIS for certain.</param>
    /// <param name="hasHanzi">Whether it has text in GB 2312 for certain.</param>
    public void Begin(bool hasKanji, bool hasHanzi)
    {
        Array.Clear(_costs);
        _length = 0;
        _isAscii = true;
        _hasKanji = hasKanji;
        _hasHanzi = hasHanzi;
    }

    /// <summary>Adds bytes of the symbol: a piece that begins and ends with whole characters.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.ContainsAnyInRange((byte)0x80, byte.MaxValue))
        {
            // Most symbols: nothing to weigh.
            return;
        }
        _isAscii = false;
        _length += bytes.Length;
        for (var i = 0; i < _costs.Length; i++)
        {
            _costs[i] = Math.Min(_costs[i] + Candidates[i].Model.Value.Cost(bytes), WritingModel.Impossible);
        }
    }

    /// <summary>The likeliest set; null where all bytes together are no text in any.</summary>
    public CharacterSet? Best()
    {
        if (_isAscii)
        {
            return EciCharacterSets.Find(EciCharacterSets.Ascii);
        }
        var best = -1;
        for (var i = 0; i < _costs.Length; i++)
        {
            if (_costs[i] < ChanceBits * _length && (best < 0 || Total(i) < Total(best)))
            {
                best = i;
            }
        }
        return best < 0 ? null : EciCharacterSets.Find(Candidates[best].Set);
    }

    private int Total(int i) =>
        _costs[i] + (_hasKanji ? Candidates[i].HandicapBesideKanji : _hasHanzi ? Candidates[i].HandicapBesideHanzi : Candidates[i].Handicap);

    private sealed record Candidate(byte Set, int Handicap, int HandicapBesideKanji, int HandicapBesideHanzi, Lazy<WritingModel> Model);
}

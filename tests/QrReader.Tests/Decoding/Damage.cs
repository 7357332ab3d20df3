using Parking.QrReader.Decoding;
using Parking.QrReader.Tests.Drawing;

namespace Parking.QrReader.Tests.Decoding;

/// <summary>A symbol whose codewords a test damages.</summary>
internal sealed class Damage
{
    private readonly WrittenSymbol _symbol;
    private readonly Queue<int>[] _untouched;
    private readonly int[] _parities;

    public Damage(int version, ErrorCorrectionLevel level, Random random)
    {
        Random = random;
        Layout = SymbolLayout.For(version);
        Text = SampleText.Of(
            SegmentMode.Alphanumeric,
            Math.Min(60, SegmentWriting.Capacity(SegmentMode.Alphanumeric, version, WrittenSymbol.Bits(version, level))),
            random);
        _symbol = WrittenSymbol.Of(new BitWriter().WriteSegment(SegmentMode.Alphanumeric, version, Text), version, level);
        _parities = [.. StandardTables.BlocksOf(version, level).Select(block => block.Total - block.Data)];
        _untouched = [.. Enumerable.Range(0, BlockCount).Select(block => new Queue<int>(Shuffle(_symbol.LengthOf(block))))];
        Modules = _symbol.Modules(random.Next(8));
        Confidence = new float[Modules.Length];
        Array.Fill(Confidence, 1);
    }

    public Random Random { get; }

    public SymbolLayout Layout { get; }

    public string Text { get; }

    public bool[] Modules { get; }

    public float[] Confidence { get; }

    public int BlockCount => _symbol.BlockCount;

    /// <summary>The number of codewords that are wrong now.</summary>
    public int Spoilt { get; private set; }

    /// <summary>The number of errors that may be corrected in a block; −1 if the result would not be certain.</summary>
    public int ErrorLimit(int block, int erasures) => CorrectionLimit.MaxErrors(_symbol.LengthOf(block), _parities[block], erasures);

    /// <summary>The largest number of erasures that the decoder tries: an even number from 4, or 0.</summary>
    public int ErasureLimit(int block) => CorrectionLimit.MaxErasures(_parities[block]) is >= 4 and var most ? most - (most % 2) : 0;

    /// <summary>Makes this many correct codewords of a block wrong.</summary>
    public void Spoil(int block, int count) => Spoil(block, count, confidence: 1);

    /// <summary>Makes this many correct codewords of a block wrong and gives one module of each a low confidence.</summary>
    public void SpoilUnsure(int block, int count) => Spoil(block, count, confidence: 0.1f);

    private void Spoil(int block, int count, float confidence)
    {
        for (; count > 0; count--)
        {
            var modules = _symbol.ModulesOf(block, _untouched[block].Dequeue());
            var wrong = Random.Next(1, 256);
            for (var i = 0; i < modules.Length; i++)
            {
                Modules[modules[i]] ^= ((wrong >> i) & 1) != 0;
            }
            Confidence[modules[Random.Next(modules.Length)]] = confidence;
            Spoilt++;
        }
    }

    private int[] Shuffle(int count)
    {
        int[] places = [.. Enumerable.Range(0, count)];
        Random.Shuffle(places);
        return places;
    }
}

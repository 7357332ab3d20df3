using Parking.QrReader.Tests.Decoding;

namespace Parking.QrReader.Tests.Drawing;

/// <summary>
/// A symbol encoded by the standard's text. Tests can choose everything that other encoders choose themselves, and damage codewords.
/// </summary>
internal sealed class WrittenSymbol
{
    private readonly SymbolCanvas _canvas;
    private readonly ErrorCorrectionLevel _level;
    private readonly byte[] _codewords;
    private readonly int[][] _places;

    private WrittenSymbol(SymbolCanvas canvas, ErrorCorrectionLevel level, byte[][] blocks, int data)
    {
        _canvas = canvas;
        _level = level;

        // The blocks are interleaved: the first codewords of all blocks, then the second ones, and so on; data first, then error correction
        // (section 7.6).
        _codewords = new byte[blocks.Sum(block => block.Length)];
        _places = [.. blocks.Select(block => new int[block.Length])];
        var parity = blocks[^1].Length - data;
        var next = 0;
        for (var i = 0; i < data; i++)
        {
            Place(block => i < blocks[block].Length - parity ? i : -1);
        }
        for (var i = 0; i < parity; i++)
        {
            Place(block => blocks[block].Length - parity + i);
        }

        void Place(Func<int, int> choose)
        {
            for (var block = 0; block < blocks.Length; block++)
            {
                if (choose(block) is >= 0 and var index)
                {
                    _codewords[next] = blocks[block][index];
                    _places[block][index] = next++;
                }
            }
        }
    }

    public int BlockCount => _places.Length;

    /// <summary>The number of data bits in a symbol.</summary>
    public static int Bits(int version, ErrorCorrectionLevel level) => StandardTables.BlocksOf(version, level).Sum(block => block.Data) * 8;

    /// <summary>Writes segments into a symbol and adds the terminator and the padding.</summary>
    public static WrittenSymbol Of(BitWriter segments, int version, ErrorCorrectionLevel level)
    {
        var structure = StandardTables.BlocksOf(version, level);
        var bits = Bits(version, level);
        segments.Write(0, Math.Min(4, bits - segments.Length));
        byte[] data = [.. segments.ToArray(), .. Enumerable.Range(0, bits / 8).Select(i => i % 2 == 0 ? (byte)0xEC : (byte)0x11)];

        var blocks = new byte[structure.Length][];
        var taken = 0;
        for (var i = 0; i < blocks.Length; i++)
        {
            blocks[i] = FieldArithmetic.Encode(data.AsSpan(taken, structure[i].Data), structure[i].Total - structure[i].Data);
            taken += structure[i].Data;
        }
        return new WrittenSymbol(SymbolCanvas.Of(version), level, blocks, structure[^1].Data);
    }

    /// <summary>The number of codewords in a block.</summary>
    public int LengthOf(int block) => _places[block].Length;

    /// <summary>The modules row by row; true is dark.</summary>
    public bool[] Modules(int mask) => _canvas.Paint(_codewords, _level, mask);

    /// <summary>The eight modules of a codeword.</summary>
    public ReadOnlySpan<int> ModulesOf(int block, int index) => _canvas.DataModules.AsSpan(_places[block][index] * 8, 8);
}

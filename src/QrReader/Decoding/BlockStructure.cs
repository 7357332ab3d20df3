namespace Parking.QrReader.Decoding;

/// <summary>
/// How the codewords of a symbol are shared out among blocks, each with error correction of its own (ISO/IEC 18004, table 9). Some blocks may be
/// one data codeword longer; those come last.
/// </summary>
internal readonly record struct BlockStructure
{
    /// <summary>Error correction codewords in each block, by level and version.</summary>
    private static readonly byte[][] ParityCounts =
    [
        [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30, 30, 26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30],
        [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28],
        [13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30, 28, 30, 30, 30, 30, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30],
        [17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28, 30, 24, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30],
    ];

    /// <summary>Blocks, by level and version.</summary>
    private static readonly byte[][] BlockCounts =
    [
        [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25],
        [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49],
        [1, 1, 2, 2, 4, 4, 6, 6, 8, 8, 8, 10, 12, 16, 12, 17, 16, 18, 21, 20, 23, 23, 25, 27, 29, 34, 34, 35, 38, 40, 43, 45, 48, 51, 53, 56, 59, 62, 65, 68],
        [1, 1, 2, 4, 4, 4, 5, 6, 8, 8, 11, 11, 16, 16, 18, 16, 19, 21, 25, 25, 25, 34, 30, 32, 35, 37, 40, 42, 45, 48, 51, 54, 57, 60, 63, 66, 70, 74, 77, 81],
    ];

    public BlockStructure(SymbolLayout layout, ErrorCorrectionLevel level)
    {
        ParityCount = ParityCounts[(int)level][layout.Version - 1];
        BlockCount = BlockCounts[(int)level][layout.Version - 1];
        DataCount = layout.CodewordCount - (BlockCount * ParityCount);
        ShortDataCount = DataCount / BlockCount;
        ShortBlockCount = BlockCount - (DataCount % BlockCount);
    }

    /// <summary>The most codewords any block has.</summary>
    public const int MaxBlockLength = 153;

    public int BlockCount { get; }

    /// <summary>Error correction codewords in each block.</summary>
    public int ParityCount { get; }

    /// <summary>Data codewords in the whole symbol.</summary>
    public int DataCount { get; }

    private int ShortDataCount { get; }

    private int ShortBlockCount { get; }

    public int DataCountOf(int block) => ShortDataCount + (block < ShortBlockCount ? 0 : 1);

    /// <summary>Where a codeword of a block lies in the symbol: the blocks take turns, data first, then error correction.</summary>
    /// <param name="block">The block, from 0.</param>
    /// <param name="index">The codeword in the block, from 0, data first.</param>
    public int PositionOf(int block, int index)
    {
        var data = DataCountOf(block);
        if (index >= data)
        {
            return DataCount + ((index - data) * BlockCount) + block;
        }
        return index < ShortDataCount ? (index * BlockCount) + block : (ShortDataCount * BlockCount) + block - ShortBlockCount;
    }
}

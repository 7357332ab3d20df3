namespace Parking.QrReader.Decoding;

/// <summary>
/// How the codewords of a symbol are divided into blocks, each with its own error correction (ISO/IEC 18004, table 9). The last blocks may
/// be one data codeword longer than the first.
/// </summary>
internal sealed class BlockStructure
{
    /// <summary>The number of error correction codewords in each block, by level and version.</summary>
    private static readonly byte[][] ParityCounts =
    [
        [
            7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28,
            28, 28, 30, 30, 26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
        ],
        [
            10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26,
            26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
        ],
        [
            13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30,
            28, 30, 30, 30, 30, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
        ],
        [
            17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28,
            30, 24, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
        ],
    ];

    /// <summary>The number of blocks, by level and version.</summary>
    private static readonly byte[][] BlockCounts =
    [
        [
            1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8,
            8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25,
        ],
        [
            1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16,
            17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49,
        ],
        [
            1, 1, 2, 2, 4, 4, 6, 6, 8, 8, 8, 10, 12, 16, 12, 17, 16, 18, 21, 20,
            23, 23, 25, 27, 29, 34, 34, 35, 38, 40, 43, 45, 48, 51, 53, 56, 59, 62, 65, 68,
        ],
        [
            1, 1, 2, 4, 4, 4, 5, 6, 8, 8, 11, 11, 16, 16, 18, 16, 19, 21, 25, 25,
            25, 34, 30, 32, 35, 37, 40, 42, 45, 48, 51, 54, 57, 60, 63, 66, 70, 74, 77, 81,
        ],
    ];

    private readonly int _shortDataCount;
    private readonly int _shortBlockCount;
    private readonly short[] _positions;
    private readonly int[] _shortBlockLimits;
    private readonly int[] _longBlockLimits;

    public BlockStructure(SymbolLayout layout, ErrorCorrectionLevel level)
    {
        ParityCount = ParityCounts[(int)level][layout.Version - 1];
        BlockCount = BlockCounts[(int)level][layout.Version - 1];
        DataCount = layout.CodewordCount - (BlockCount * ParityCount);
        _shortDataCount = DataCount / BlockCount;
        _shortBlockCount = BlockCount - (DataCount % BlockCount);
        _positions = [.. Enumerable.Range(0, BlockCount).SelectMany(ListPositions)];
        _shortBlockLimits = ListLimits(_shortDataCount);
        _longBlockLimits = ListLimits(_shortDataCount + 1);
    }

    /// <summary>The largest number of codewords in a block.</summary>
    public const int MaxBlockLength = 153;

    /// <summary>The largest number of data codewords in a symbol: version 40 at level L.</summary>
    public const int MaxDataCount = 2956;

    public int BlockCount { get; }

    /// <summary>Error correction codewords in each block.</summary>
    public int ParityCount { get; }

    /// <summary>Data codewords in the whole symbol.</summary>
    public int DataCount { get; }

    public int DataCountOf(int block) => _shortDataCount + (block < _shortBlockCount ? 0 : 1);

    /// <summary>
    /// The positions of a block's codewords in the symbol, data first. The blocks are interleaved; error correction follows all data.
    /// </summary>
    public ReadOnlySpan<short> PositionsOf(int block)
    {
        var start = (block * (_shortDataCount + ParityCount)) + Math.Max(0, block - _shortBlockCount);
        return _positions.AsSpan(start, DataCountOf(block) + ParityCount);
    }

    /// <summary>The <see cref="CorrectionLimit.MaxErrors"/> of a block, indexed by its number of erasures.</summary>
    public ReadOnlySpan<int> LimitsOf(int block) => block < _shortBlockCount ? _shortBlockLimits : _longBlockLimits;

    private IEnumerable<short> ListPositions(int block)
    {
        for (var i = 0; i < _shortDataCount; i++)
        {
            yield return (short)((i * BlockCount) + block);
        }
        if (block >= _shortBlockCount)
        {
            yield return (short)((_shortDataCount * BlockCount) + block - _shortBlockCount);
        }
        for (var i = 0; i < ParityCount; i++)
        {
            yield return (short)(DataCount + (i * BlockCount) + block);
        }
    }

    private int[] ListLimits(int data) =>
    [
        .. Enumerable.Range(0, CorrectionLimit.MaxErasures(ParityCount) + 1)
            .Select(erasures => CorrectionLimit.MaxErrors(data + ParityCount, ParityCount, erasures)),
    ];
}

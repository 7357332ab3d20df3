using System.Collections.Immutable;

namespace Parking.QrReader.Decoding;

/// <summary>Decodes modules to text: format, codewords, error correction, segments.</summary>
/// <remarks>
/// <para>A decoder reuses its working memory (about 35 KB). It allocates nothing for grids that it cannot decode.</para>
/// <para>One grid takes up to <see cref="MostTrials"/> trials at its first block. Each succeeds by chance at most once in 2⁴⁰ (see
/// <see cref="CorrectionLimit"/>); further blocks and the segments' syntax only lower that. So if N grids are tried in each frame without a
/// symbol, at most one such frame in 2⁴⁰ / (22 · N) gives a text: with a thousand grids, one in fifty million.</para>
/// </remarks>
internal sealed class SymbolDecoder
{
    /// <summary>The number of formats tried: the likeliest, then the second if error correction fails.</summary>
    private const int MostFormats = 2;

    private const int FirstErasures = 4;
    private const int MoreErasures = 2;

    /// <summary>
    /// The largest number of corrections tried on one block: without erasures and with 4 to 22 in steps of 2, for each format.
    /// </summary>
    public const int MostTrials = MostFormats * 11;

    private readonly byte[] _data = new byte[BlockStructure.MaxDataCount];
    private readonly SegmentDecoder _segments = new();

    /// <summary>
    /// The number of codewords that were checked or corrected for the last symbol, counted each time. It measures the cost.
    /// </summary>
    public int CodewordsTried { get; private set; }

    /// <summary>Decodes a symbol. Returns null if the result is not certain.</summary>
    /// <param name="layout">The layout of the symbol's version.</param>
    /// <param name="modules">The symbol's modules, row by row; true is dark.</param>
    /// <param name="confidence">The confidence of each module, in any unit; empty if all are equal.</param>
    public DecodedSymbol? Decode(SymbolLayout layout, ReadOnlySpan<bool> modules, ReadOnlySpan<float> confidence)
    {
        CodewordsTried = 0;
        Span<FormatInformation> formats = stackalloc FormatInformation[MostFormats];
        var count = FormatInformation.ReadLikeliest(modules, layout.Size, formats);
        foreach (var format in formats[..count])
        {
            if (Decode(layout, format, modules, confidence) is { } symbol)
            {
                return symbol;
            }
        }
        return null;
    }

    private DecodedSymbol? Decode(
        SymbolLayout layout, FormatInformation format, ReadOnlySpan<bool> modules, ReadOnlySpan<float> confidence)
    {
        var mask = layout.Mask(format.Mask);
        var blocks = layout.Blocks(format.Level);
        Span<byte> buffer = stackalloc byte[BlockStructure.MaxBlockLength];
        Correction total = default;
        var filled = 0;
        var unspent = 1.0;
        for (var b = 0; b < blocks.BlockCount; b++)
        {
            var positions = blocks.PositionsOf(b);
            var block = buffer[..positions.Length];
            ReadBlock(layout, mask, positions, modules, block);
            if (!TryCorrect(layout, blocks, b, block, confidence, out var correction))
            {
                return null;
            }
            total += correction;
            unspent = Math.Min(unspent, CorrectionLimit.Unspent(block.Length, blocks.ParityCount, correction.Erasures, correction.Errors));
            block[..blocks.DataCountOf(b)].CopyTo(_data.AsSpan(filled));
            filled += blocks.DataCountOf(b);
        }
        return _segments.Decode(_data.AsSpan(0, filled), layout.Version) is { } content
            ? new DecodedSymbol(content, format, total, unspent)
            : null;
    }

    /// <summary>
    /// Packs the modules of a block into codewords and removes the mask. Most grids that are not symbols fail at their first block.
    /// </summary>
    private static void ReadBlock(
        SymbolLayout layout, ReadOnlySpan<byte> mask, ReadOnlySpan<short> positions, ReadOnlySpan<bool> modules, Span<byte> block)
    {
        for (var i = 0; i < positions.Length; i++)
        {
            var value = 0;
            foreach (var module in layout.ModulesOf(positions[i]))
            {
                value = (value << 1) | (modules[module] ? 1 : 0);
            }
            block[i] = (byte)(value ^ mask[positions[i]]);
        }
    }

    /// <summary>Corrects a block without erasures, then with more and more of its least certain codewords as erasures.</summary>
    private bool TryCorrect(
        SymbolLayout layout, BlockStructure blocks, int index, Span<byte> block, ReadOnlySpan<float> confidence, out Correction correction)
    {
        correction = default;
        CodewordsTried += block.Length;
        Span<byte> syndromes = stackalloc byte[blocks.ParityCount];
        if (!ReedSolomon.ComputeSyndromes(block, syndromes))
        {
            return true;
        }
        var limits = blocks.LimitsOf(index);
        CodewordsTried += block.Length;
        if (ReedSolomon.TryCorrect(block, syndromes, [], limits[0], out correction))
        {
            return true;
        }
        if (confidence.IsEmpty || limits.Length <= FirstErasures)
        {
            return false;
        }
        Span<int> leastSure = stackalloc int[block.Length];
        OrderBySureness(layout, blocks.PositionsOf(index), confidence, leastSure);
        for (var erasures = FirstErasures; erasures < limits.Length; erasures += MoreErasures)
        {
            CodewordsTried += block.Length;
            if (limits[erasures] >= 0 && ReedSolomon.TryCorrect(block, syndromes, leastSure[..erasures], limits[erasures], out correction))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Lists the positions of a block, least certain first. A codeword is as certain as its least certain module.</summary>
    private static void OrderBySureness(
        SymbolLayout layout, ReadOnlySpan<short> positions, ReadOnlySpan<float> confidence, Span<int> places)
    {
        Span<float> sureness = stackalloc float[positions.Length];
        for (var i = 0; i < positions.Length; i++)
        {
            var least = float.MaxValue;
            foreach (var module in layout.ModulesOf(positions[i]))
            {
                least = MathF.Min(least, confidence[module]);
            }
            (sureness[i], places[i]) = (least, i);
        }
        sureness.Sort(places);
    }
}

/// <summary>The result of decoding a symbol's modules.</summary>
/// <param name="Content">The text and its properties.</param>
/// <param name="Format">The level and the mask.</param>
/// <param name="Correction">The corrections of all blocks together.</param>
/// <param name="Confidence">The smallest <see cref="CorrectionLimit.Unspent"/> of all blocks, 0 to 1.</param>
internal sealed record DecodedSymbol(SymbolContent Content, FormatInformation Format, Correction Correction, double Confidence);

/// <summary>The decoded segments of a symbol. <see cref="SymbolReading"/> describes the members.</summary>
internal readonly record struct SymbolContent(string Text, ImmutableArray<byte> Bytes, SymbolPart? Part, string SymbologyIdentifier);

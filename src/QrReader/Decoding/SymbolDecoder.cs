namespace Parking.QrReader.Decoding;

/// <summary>From modules to text: format, codewords, error correction, segments.</summary>
internal static class SymbolDecoder
{
    /// <summary>Formats tried: the likeliest, and the next if its error correction fails.</summary>
    private const int MostFormats = 2;

    private const int FirstErasures = 4;
    private const int MoreErasures = 2;

    /// <summary>Reads a symbol; null where that is not certain.</summary>
    /// <param name="layout">The symbol's version.</param>
    /// <param name="modules">Its modules, row by row; true is dark.</param>
    /// <param name="confidence">How sure each module is, in any unit; or empty, where all are the same.</param>
    public static DecodedSymbol? Decode(SymbolLayout layout, ReadOnlySpan<bool> modules, ReadOnlySpan<float> confidence)
    {
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

    private static DecodedSymbol? Decode(
        SymbolLayout layout, FormatInformation format, ReadOnlySpan<bool> modules, ReadOnlySpan<float> confidence)
    {
        var codewords = new byte[layout.CodewordCount];
        var sureness = new float[layout.CodewordCount];
        ReadCodewords(layout, format.Mask, modules, confidence, codewords, sureness);

        var blocks = new BlockStructure(layout, format.Level);
        var data = new byte[blocks.DataCount];
        Span<byte> block = stackalloc byte[BlockStructure.MaxBlockLength];
        Span<float> blockSureness = stackalloc float[BlockStructure.MaxBlockLength];
        int filled = 0, corrected = 0;
        for (var b = 0; b < blocks.BlockCount; b++)
        {
            var dataCount = blocks.DataCountOf(b);
            var length = dataCount + blocks.ParityCount;
            for (var i = 0; i < length; i++)
            {
                var position = blocks.PositionOf(b, i);
                block[i] = codewords[position];
                blockSureness[i] = sureness[position];
            }
            if (!TryCorrect(block[..length], blocks.ParityCount, blockSureness[..length], !confidence.IsEmpty, out var changed))
            {
                return null;
            }
            corrected += changed;
            block[..dataCount].CopyTo(data.AsSpan(filled));
            filled += dataCount;
        }
        return SegmentDecoder.TryDecode(data, layout.Version, out var text) ? new DecodedSymbol(text, format, corrected) : null;
    }

    /// <summary>Unmasks the data modules. A codeword is as sure as the least sure of its modules.</summary>
    private static void ReadCodewords(
        SymbolLayout layout, int mask, ReadOnlySpan<bool> modules, ReadOnlySpan<float> confidence, Span<byte> codewords, Span<float> sureness)
    {
        sureness.Fill(float.MaxValue);
        var order = layout.DataModules;
        for (var i = 0; i < order.Length; i++)
        {
            var module = order[i];
            if (modules[module] != DataMask.Inverts(mask, module % layout.Size, module / layout.Size))
            {
                codewords[i / 8] |= (byte)(0x80 >> (i % 8));
            }
            if (!confidence.IsEmpty)
            {
                sureness[i / 8] = MathF.Min(sureness[i / 8], confidence[module]);
            }
        }
    }

    /// <summary>Corrects a block as it is; failing that, with more and more of its least sure codewords given up as erasures.</summary>
    private static bool TryCorrect(Span<byte> block, int parity, Span<float> sureness, bool hasSureness, out int corrected)
    {
        if (ReedSolomon.TryCorrect(block, parity, [], CorrectionLimit.MaxErrors(block.Length, parity, 0), out corrected))
        {
            return true;
        }
        if (!hasSureness)
        {
            return false;
        }
        Span<int> leastSure = stackalloc int[block.Length];
        for (var i = 0; i < leastSure.Length; i++)
        {
            leastSure[i] = i;
        }
        sureness.Sort(leastSure);
        for (var erasures = FirstErasures; erasures <= CorrectionLimit.MaxErasures(parity); erasures += MoreErasures)
        {
            var maxErrors = CorrectionLimit.MaxErrors(block.Length, parity, erasures);
            if (maxErrors >= 0 && ReedSolomon.TryCorrect(block, parity, leastSure[..erasures], maxErrors, out corrected))
            {
                return true;
            }
        }
        return false;
    }
}

namespace Parking.QrReader.Decoding;

/// <summary>
/// The error correction level and the mask, as 15 bits that every symbol carries twice (ISO/IEC 18004, section 7.9 and annex C).
/// </summary>
internal readonly record struct FormatInformation(ErrorCorrectionLevel Level, int Mask)
{
    private const int BitCount = 15;

    /// <summary>The generator of the (15, 5) code: x¹⁰ + x⁸ + x⁵ + x⁴ + x² + x + 1. Its codewords differ in at least 7 bits.</summary>
    private const int Generator = 0x537;

    /// <summary>The mask of the format information. It ensures that no format consists of light modules only.</summary>
    private const int Disguise = 0x5412;

    /// <summary>The exclusive or of a level and its two bits: L, M, Q and H are coded 01, 00, 11 and 10.</summary>
    private const int LevelCode = 1;

    /// <summary>The largest number of wrong bits: in both copies together, or half as many in one copy with the other ignored.</summary>
    private const int MostWrongBits = 8;

    private static readonly int[] Words = [.. Enumerable.Range(0, 32).Select(Encode)];

    /// <summary>Reads both copies and writes the likeliest formats, best first. Returns how many are likely.</summary>
    /// <param name="modules">The symbol's modules, row by row; true is dark.</param>
    /// <param name="size">Modules a side.</param>
    /// <param name="formats">Receives the formats, at most as many as its length.</param>
    public static int ReadLikeliest(ReadOnlySpan<bool> modules, int size, Span<FormatInformation> formats)
    {
        var (first, second) = ReadCopies(modules, size);
        Span<int> costs = stackalloc int[32];
        Span<int> order = stackalloc int[32];
        for (var i = 0; i < costs.Length; i++)
        {
            int a = int.PopCount(first ^ Words[i]), b = int.PopCount(second ^ Words[i]);
            // If one copy is destroyed, the other counts twice.
            costs[i] = Math.Min(2 * Math.Min(a, b), a + b);
            order[i] = i;
        }
        costs.Sort(order);
        var count = 0;
        while (count < formats.Length && costs[count] <= MostWrongBits)
        {
            formats[count] = Decode(order[count]);
            count++;
        }
        return count;
    }

    /// <summary>
    /// Whether the format information is likely enough to try a rare case. Fewer than one in a hundred random grids pass.
    /// </summary>
    public static bool IsLikely(ReadOnlySpan<bool> modules, int size)
    {
        const int MostWrongBitsInBoth = 5;
        var (first, second) = ReadCopies(modules, size);
        foreach (var word in Words)
        {
            if (int.PopCount(first ^ word) + int.PopCount(second ^ word) <= MostWrongBitsInBoth)
            {
                return true;
            }
        }
        return false;
    }

    private static FormatInformation Decode(int data) => new((ErrorCorrectionLevel)((data >> 3) ^ LevelCode), data & 7);

    private static int Encode(int data)
    {
        var remainder = data;
        for (var i = 0; i < 10; i++)
        {
            remainder = (remainder << 1) ^ ((remainder >> 9) * Generator);
        }
        return ((data << 10) | remainder) ^ Disguise;
    }

    /// <summary>One copy lies around the top left finder pattern, the other is split between the other two (figure 25).</summary>
    private static (int First, int Second) ReadCopies(ReadOnlySpan<bool> modules, int size)
    {
        int first = 0, second = 0;
        for (var i = 0; i < BitCount; i++)
        {
            // The bits go down column 8, turn at (8, 8), and go left along row 8. They skip both timing patterns.
            var (x, y) = i switch
            {
                < 6 => (8, i),
                6 => (8, 7),
                7 => (8, 8),
                8 => (7, 8),
                _ => (14 - i, 8),
            };
            first |= Bit(modules[(y * size) + x], i);
            var (farX, farY) = i < 8 ? (size - 1 - i, 8) : (8, size - BitCount + i);
            second |= Bit(modules[(farY * size) + farX], i);
        }
        return (first, second);
    }

    private static int Bit(bool dark, int position) => dark ? 1 << position : 0;
}

/// <summary>The 18 bits that carry the version in larger symbols (ISO/IEC 18004, section 7.10 and annex D).</summary>
internal static class VersionInformation
{
    public const int BitCount = 18;

    /// <summary>The smallest version with version information.</summary>
    public const int FirstVersion = 7;

    /// <summary>The generator of the (18, 6) code: x¹² + x¹¹ + x¹⁰ + x⁹ + x⁸ + x⁵ + x² + 1.</summary>
    private const int Generator = 0x1F25;

    public static int Encode(int version)
    {
        var remainder = version;
        for (var i = 0; i < 12; i++)
        {
            remainder = (remainder << 1) ^ ((remainder >> 11) * Generator);
        }
        return (version << 12) | remainder;
    }
}

using System.Diagnostics;

namespace Parking.QrReader.Decoding;

/// <summary>The layout of a symbol of one version (ISO/IEC 18004, section 6.3 and annex E). Immutable and shared.</summary>
internal sealed class SymbolLayout
{
    public const int MinVersion = 1;
    public const int MaxVersion = 40;

    /// <summary>The side of a finder pattern, in modules.</summary>
    public const int FinderSize = 7;

    /// <summary>The side of a symbol is this plus four times its version, in modules.</summary>
    public const int SizeOfVersion0 = 17;

    private const int TimingLine = 6;
    private const int FormatLine = 8;

    private static readonly Lazy<SymbolLayout>[] Layouts =
        [.. Enumerable.Range(MinVersion, MaxVersion).Select(static version => new Lazy<SymbolLayout>(() => new SymbolLayout(version)))];

    private readonly BlockStructure?[] _blocks = new BlockStructure?[4];
    private readonly byte[]?[] _masks = new byte[]?[DataMask.Count];

    private SymbolLayout(int version)
    {
        Version = version;
        Size = SizeOfVersion0 + (4 * version);
        var modules = new bool?[Size, Size];
        DrawFunctionPatterns(modules);
        DarkModules = ListKnown(modules, dark: true);
        LightModules = ListKnown(modules, dark: false);
        DataModules = [.. ListData(modules)];
    }

    public int Version { get; }

    /// <summary>The side of the symbol, in modules.</summary>
    public int Size { get; }

    /// <summary>
    /// The dark modules of the finder, timing and alignment patterns and of the version information, and the single dark module.
    /// </summary>
    public ModuleCentres DarkModules { get; }

    /// <summary>The light modules of these patterns, and of the finder patterns' separators.</summary>
    public ModuleCentres LightModules { get; }

    /// <summary>The number of modules that the version alone determines.</summary>
    public int KnownCount => DarkModules.X.Length + LightModules.X.Length;

    /// <summary>
    /// The indices (y · size + x) of the modules that carry codewords, in the order of their bits, without remainder bits.
    /// </summary>
    public int[] DataModules { get; }

    /// <summary>The number of codewords in the symbol, data and error correction together.</summary>
    public int CodewordCount => DataModules.Length / 8;

    /// <summary>Whether the symbol has alignment patterns. Version 1 has none.</summary>
    public bool HasAlignmentPatterns => Version > MinVersion;

    /// <summary>The eight modules of a codeword, most significant bit first.</summary>
    public ReadOnlySpan<int> ModulesOf(int codeword) => DataModules.AsSpan(codeword * 8, 8);

    /// <summary>
    /// The x and y coordinate of the fourth anchor: the centre of the alignment pattern in the corner without a finder pattern.
    /// </summary>
    public float FarAnchor => Size - 6.5f;

    /// <summary>The block structure of a level, created at first use.</summary>
    public BlockStructure Blocks(ErrorCorrectionLevel level) => _blocks[(int)level] ??= new BlockStructure(this, level);

    /// <summary>The value that a mask combines with each codeword by exclusive or, created at first use.</summary>
    public ReadOnlySpan<byte> Mask(int mask) => _masks[mask] ??= ListMask(mask);

    public static SymbolLayout For(int version) => Layouts[version - MinVersion].Value;

    /// <summary>Copies the four points that describe a pose: the centres of the three finder patterns, and the fourth anchor.</summary>
    public void CopyAnchors(Span<FramePoint> anchors)
    {
        const float Middle = FinderSize / 2f;
        anchors[0] = new FramePoint(Middle, Middle);
        anchors[1] = new FramePoint(Size - Middle, Middle);
        anchors[2] = new FramePoint(Middle, Size - Middle);
        anchors[3] = new FramePoint(FarAnchor, FarAnchor);
    }

    /// <summary>The finder pattern with its separator, from −4 to 4 around its centre.</summary>
    public static bool IsFinderDark(int x, int y) => Math.Max(Math.Abs(x), Math.Abs(y)) is not (2 or 4);

    /// <summary>The alignment pattern, from −2 to 2 around its centre.</summary>
    public static bool IsAlignmentDark(int x, int y) => Math.Max(Math.Abs(x), Math.Abs(y)) != 1;

    /// <summary>The row and column coordinates of alignment patterns (annex E, table E.1); none in version 1.</summary>
    public static int[] AlignmentCentres(int version)
    {
        if (version == 1)
        {
            return [];
        }
        // The rule of the table: first 6, last size − 7, and an even distance between the others, as equal as possible, rounded up.
        var count = (version / 7) + 2;
        var distance = ((version * 8) + (count * 3) + 5) / ((count * 4) - 4) * 2;
        var centres = new int[count];
        centres[0] = TimingLine;
        for (var i = count - 1; i >= 1; i--)
        {
            centres[i] = SizeOfVersion0 + (4 * version) - FinderSize - ((count - 1 - i) * distance);
        }
        return centres;
    }

    private void DrawFunctionPatterns(bool?[,] modules)
    {
        for (var i = 0; i < Size; i++)
        {
            modules[TimingLine, i] = modules[i, TimingLine] = i % 2 == 0;
        }
        DrawSquare(modules, 3, 3, 4, IsFinderDark);
        DrawSquare(modules, Size - 4, 3, 4, IsFinderDark);
        DrawSquare(modules, 3, Size - 4, 4, IsFinderDark);

        var centres = AlignmentCentres(Version);
        foreach (var x in centres)
        {
            foreach (var y in centres)
            {
                var underFinder = (x == TimingLine && (y == TimingLine || y == centres[^1])) || (x == centres[^1] && y == TimingLine);
                if (!underFinder)
                {
                    DrawSquare(modules, x, y, 2, IsAlignmentDark);
                }
            }
        }
        if (Version >= VersionInformation.FirstVersion)
        {
            DrawVersion(modules);
        }
        modules[FormatLine, Size - 8] = true;
    }

    private void DrawSquare(bool?[,] modules, int centreX, int centreY, int radius, Func<int, int, bool> isDark)
    {
        for (var y = -radius; y <= radius; y++)
        {
            for (var x = -radius; x <= radius; x++)
            {
                if ((uint)(centreX + x) < (uint)Size && (uint)(centreY + y) < (uint)Size)
                {
                    modules[centreX + x, centreY + y] = isDark(x, y);
                }
            }
        }
    }

    private void DrawVersion(bool?[,] modules)
    {
        var bits = VersionInformation.Encode(Version);
        for (var i = 0; i < VersionInformation.BitCount; i++)
        {
            int far = Size - 11 + (i % 3), near = i / 3;
            modules[far, near] = modules[near, far] = ((bits >> i) & 1) != 0;
        }
    }

    private ModuleCentres ListKnown(bool?[,] modules, bool dark)
    {
        List<float> columns = [], rows = [];
        for (var y = 0; y < Size; y++)
        {
            for (var x = 0; x < Size; x++)
            {
                if (modules[x, y] == dark)
                {
                    columns.Add(x + 0.5f);
                    rows.Add(y + 0.5f);
                }
            }
        }
        return new ModuleCentres([.. columns], [.. rows]);
    }

    /// <summary>
    /// Two columns at a time from the right, upwards and downwards alternately, without the timing column (section 7.7.3).
    /// </summary>
    private List<int> ListData(bool?[,] modules)
    {
        var order = new List<int>();
        var upwards = true;
        for (var right = Size - 1; right >= 1; right -= 2)
        {
            if (right == TimingLine)
            {
                right--;
            }
            for (var step = 0; step < Size; step++)
            {
                var y = upwards ? Size - 1 - step : step;
                for (var x = right; x >= right - 1; x--)
                {
                    if (modules[x, y] is null && !IsFormat(x, y))
                    {
                        order.Add((y * Size) + x);
                    }
                }
            }
            upwards = !upwards;
        }
        order.RemoveRange(order.Count / 8 * 8, order.Count % 8);
        return order;
    }

    private byte[] ListMask(int mask)
    {
        var codewords = new byte[CodewordCount];
        for (var i = 0; i < DataModules.Length; i++)
        {
            if (DataMask.Inverts(mask, DataModules[i] % Size, DataModules[i] / Size))
            {
                codewords[i / 8] |= (byte)(0x80 >> (i % 8));
            }
        }
        return codewords;
    }

    private bool IsFormat(int x, int y) =>
        (y == FormatLine && (x <= FormatLine || x >= Size - 8)) || (x == FormatLine && (y <= FormatLine || y >= Size - 8));
}

/// <summary>The centres of some modules of a symbol, in modules from its top left corner.</summary>
internal sealed record ModuleCentres(float[] X, float[] Y);

/// <summary>The eight data mask patterns (ISO/IEC 18004, section 7.8.2, table 10).</summary>
internal static class DataMask
{
    public const int Count = 8;

    /// <summary>Whether the mask inverts this module.</summary>
    public static bool Inverts(int mask, int x, int y) => mask switch
    {
        0 => (x + y) % 2 == 0,
        1 => y % 2 == 0,
        2 => x % 3 == 0,
        3 => (x + y) % 3 == 0,
        4 => ((x / 3) + (y / 2)) % 2 == 0,
        5 => (x * y % 2) + (x * y % 3) == 0,
        6 => ((x * y % 2) + (x * y % 3)) % 2 == 0,
        7 => (((x + y) % 2) + (x * y % 3)) % 2 == 0,
        _ => throw new UnreachableException($"There is no mask {mask}."),
    };
}

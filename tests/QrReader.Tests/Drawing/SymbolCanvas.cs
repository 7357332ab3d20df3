namespace Parking.QrReader.Tests.Drawing;

/// <summary>Paints symbols of one version in the steps of ISO/IEC 18004, section 7.1.</summary>
internal sealed class SymbolCanvas
{
    private static readonly SymbolCanvas?[] Canvases = new SymbolCanvas?[41];

    private readonly int _version;
    private readonly int _size;
    private readonly bool[] _function;
    private readonly bool[] _dark;

    private SymbolCanvas(int version)
    {
        _version = version;
        _size = 17 + (4 * version);
        _function = new bool[_size * _size];
        _dark = new bool[_size * _size];
        PaintFunctionPatterns();
        DataModules = [.. Walk().Where(module => !_function[module])];
    }

    /// <summary>Indices (y · size + x) of the modules that carry codewords and remainder bits, in order.</summary>
    public int[] DataModules { get; }

    public static SymbolCanvas Of(int version) => Canvases[version] ??= new SymbolCanvas(version);

    public bool[] Paint(ReadOnlySpan<byte> codewords, ErrorCorrectionLevel level, int mask)
    {
        var modules = (bool[])_dark.Clone();
        for (var i = 0; i < DataModules.Length; i++)
        {
            var bit = i / 8 < codewords.Length && (codewords[i / 8] & (0x80 >> (i % 8))) != 0;
            modules[DataModules[i]] = bit ^ IsMasked(mask, DataModules[i] / _size, DataModules[i] % _size);
        }
        PaintFormat(modules, StandardTables.FormatWord(level, mask));
        return modules;
    }

    /// <summary>The masks of table 10, where i is the row and j the column.</summary>
    private static bool IsMasked(int mask, int i, int j) => 0 == mask switch
    {
        0 => (i + j) % 2,
        1 => i % 2,
        2 => j % 3,
        3 => (i + j) % 3,
        4 => ((i / 2) + (j / 3)) % 2,
        5 => (i * j % 2) + (i * j % 3),
        6 => ((i * j % 2) + (i * j % 3)) % 2,
        _ => ((i * j % 3) + ((i + j) % 2)) % 2,
    };

    private void PaintFunctionPatterns()
    {
        for (var i = 0; i < _size; i++)
        {
            Set(6, i, i % 2 == 0);
            Set(i, 6, i % 2 == 0);
        }
        int[] centres = StandardTables.AlignmentCentres(_version);
        foreach (var row in centres)
        {
            foreach (var column in centres)
            {
                // Skips alignment patterns that would overlap a finder pattern.
                if ((row > 8 || column > 8) && (row > 8 || column < _size - 9) && (row < _size - 9 || column > 8))
                {
                    PaintRings(row, column, "101", 2);
                }
            }
        }
        PaintRings(3, 3, "11010", 4);
        PaintRings(3, _size - 4, "11010", 4);
        PaintRings(_size - 4, 3, "11010", 4);

        // Reserves the modules of the format information and the dark module.
        PaintFormat(_dark, 0);
        Set(_size - 8, 8, true);
        for (var i = 0; _version >= 7 && i < 18; i++)
        {
            var bit = ((StandardTables.VersionWord(_version) >> i) & 1) != 0;
            Set(i / 3, _size - 11 + (i % 3), bit);
            Set(_size - 11 + (i % 3), i / 3, bit);
        }
    }

    /// <summary>Paints square rings around a centre. A '1' is a dark ring; the first character is the centre.</summary>
    private void PaintRings(int row, int column, string rings, int radius)
    {
        for (var y = Math.Max(0, row - radius); y <= Math.Min(_size - 1, row + radius); y++)
        {
            for (var x = Math.Max(0, column - radius); x <= Math.Min(_size - 1, column + radius); x++)
            {
                Set(y, x, rings[Math.Max(Math.Abs(y - row), Math.Abs(x - column))] == '1');
            }
        }
    }

    /// <summary>
    /// Paints both copies of the format information (figure 25), bit 14 first: around the top left finder pattern, and along the two
    /// others.
    /// </summary>
    private void PaintFormat(bool[] modules, int word)
    {
        int[] rows = [8, 8, 8, 8, 8, 8, 8, 8, 7, 5, 4, 3, 2, 1, 0];
        int[] columns = [0, 1, 2, 3, 4, 5, 7, 8, 8, 8, 8, 8, 8, 8, 8];
        for (var i = 0; i < 15; i++)
        {
            var bit = ((word >> (14 - i)) & 1) != 0;
            var near = (rows[i] * _size) + columns[i];
            var far = i < 7 ? ((_size - 1 - i) * _size) + 8 : (8 * _size) + _size - 15 + i;
            (modules[near], modules[far]) = (bit, bit);
            (_function[near], _function[far]) = (true, true);
        }
    }

    private void Set(int row, int column, bool dark)
    {
        _dark[(row * _size) + column] = dark;
        _function[(row * _size) + column] = true;
    }

    /// <summary>The modules in pairs of columns from the right, upwards first. The vertical timing pattern belongs to no pair.</summary>
    private IEnumerable<int> Walk()
    {
        int[] columns = [.. Enumerable.Range(0, _size).Where(column => column != 6).Reverse()];
        for (var pair = 0; pair < columns.Length / 2; pair++)
        {
            for (var step = 0; step < _size; step++)
            {
                var row = pair % 2 == 0 ? _size - 1 - step : step;
                yield return (row * _size) + columns[2 * pair];
                yield return (row * _size) + columns[(2 * pair) + 1];
            }
        }
    }
}

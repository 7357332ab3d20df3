namespace Parking.Optics;

/// <summary>The modules of a symbol to photograph.</summary>
/// <param name="Size">Modules a side, without the quiet zone.</param>
/// <param name="IsDark">Whether the module in a column (first) and row (second) is dark. Both are 0 to <paramref name="Size"/> − 1.</param>
public sealed record SymbolPattern(int Size, Func<int, int, bool> IsDark)
{
    /// <summary>The width of the light zone around a symbol, in modules (ISO/IEC 18004, section 6.3.8).</summary>
    public const int QuietZone = 4;

    /// <summary>Modules a side, with the quiet zone.</summary>
    public int FullSize => Size + (2 * QuietZone);

    /// <summary>
    /// All modules including the quiet zone, row by row; true is dark. Faster than <see cref="IsDark"/> for many accesses.
    /// </summary>
    public bool[] FullModules()
    {
        var modules = new bool[FullSize * FullSize];
        for (var line = 0; line < Size; line++)
        {
            for (var column = 0; column < Size; column++)
            {
                modules[((line + QuietZone) * FullSize) + column + QuietZone] = IsDark(column, line);
            }
        }
        return modules;
    }
}

using System.Diagnostics;

namespace Parking.QrReader.Decoding;

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

namespace Parking.Stores.Sqlite;

/// <summary>SQLite's integers have a sign; holders, journals and fingerprints are 64 bits without one. The bits are kept as they are.</summary>
internal static class SqliteBits
{
    public static long Signed(ulong value) => unchecked((long)value);

    public static ulong Unsigned(long value) => unchecked((ulong)value);
}

using Parking.Ports;

namespace Parking.Stores.Sqlite;

/// <summary>Tries whether a file that has failed can be used again.</summary>
internal static class SqliteTrial
{
    /// <summary>What the file must be able to grow by: as much as some hundred scans need.</summary>
    private const int GrowthBytes = 256 * 1024;

    /// <summary>
    /// Checking a larger file would hold up scans for too long. Its damage is found by the steps that meet it, as before, and the probe
    /// tries only whether it can grow.
    /// </summary>
    private const long LargestBytes = 256L * 1024 * 1024;

    /// <summary>Writes and removes a large row, and checks the structure of the whole file.</summary>
    /// <exception cref="StoreUnavailableException">The file is damaged; the message says what to do.</exception>
    public static void Run(SqliteSession session, string path)
    {
        session.Execute("INSERT INTO about VALUES ('trial', CAST(zeroblob(?1) AS TEXT))", GrowthBytes);
        session.Execute("DELETE FROM about WHERE name = 'trial'");
        var bytes = session.Number("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size", 0);
        if (bytes <= LargestBytes
            && session.QueryAll("PRAGMA quick_check(1)", row => row.GetString(0)) is [var found] && found != "ok")
        {
            throw new StoreUnavailableException(
                $"{path} is damaged ({found}). Stop the service, keep a copy of the file, and restore the last backup, or what "
                    + "'sqlite3 parking.db .recover' finds. Gates bring back what is missing.");
        }
    }
}

using System.Runtime.InteropServices;
using SQLitePCL;

namespace Parking.Stores.Sqlite;

/// <summary>What SQLite knows of the file that it has open, and .NET does not tell.</summary>
internal static class SqliteFile
{
    /// <summary><c>SQLITE_FCNTL_HAS_MOVED</c>.</summary>
    private const int HasMovedQuestion = 20;

    /// <summary>
    /// Whether the path no longer names the open file. Always false on Windows, where an open file can neither be moved nor deleted.
    /// </summary>
    public static bool HasMoved(sqlite3 database) =>
        Ask(database, "main", HasMovedQuestion, out var hasMoved) == raw.SQLITE_OK && hasMoved != 0;

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_file_control")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static extern int Ask(
        sqlite3 database, [MarshalAs(UnmanagedType.LPUTF8Str)] string name, int question, out int answer);
}

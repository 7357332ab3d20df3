using System.Runtime.InteropServices;
using DbUp;
using DbUp.Sqlite.Helpers;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Parking.BackOffice.Sql;

/// <summary>Opening the file, and noticing that it is not where it was.</summary>
public sealed partial class SqliteBackOffice
{
    /// <summary><c>SQLITE_FCNTL_HAS_MOVED</c>.</summary>
    private const int HasMovedQuestion = 20;

    /// <summary>How long SQLite waits for another program that has the file open, such as a backup, before it gives up.</summary>
    private const int BusySeconds = 5;

    /// <summary>
    /// FULL: what was committed survives a power cut, because money depends on it. Without recursive triggers, INSERT OR REPLACE would not
    /// run those that keep history as it is. What is deleted is overwritten with zeros, so that what somebody had erased does not stay
    /// behind.
    /// </summary>
    private const string Settings =
        "PRAGMA journal_mode = WAL; PRAGMA recursive_triggers = ON; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; "
        + "PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4096; PRAGMA synchronous = ";

    private SqliteConnection OpenWriter()
    {
        // A file that was open once is never created anew: an empty one in its place would answer as if nobody had ever parked.
        if (!_isPrepared)
        {
            MakePrivate();
        }

        var connection = Open(_isPrepared ? SqliteOpenMode.ReadWrite : SqliteOpenMode.ReadWriteCreate);
        try
        {
            Execute(connection, Settings + (isSimulation ? "OFF" : "FULL"));
            using var shared = new SharedConnection(connection);
            Migrations.Run(DeployChanges.To.SqliteDatabase(shared).JournalToSqliteTable(Migrations.Journal), SqlDialect.Sqlite, path);
            _isPrepared = true;
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private SqliteConnection OpenReader()
    {
        var connection = Open(SqliteOpenMode.ReadWrite);
        Execute(connection, "PRAGMA query_only = ON; PRAGMA cache_size = -16384");
        return connection;
    }

    private SqliteConnection Open(SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = BusySeconds,
        }.ToString());
        connection.Open();
        return connection;
    }

    /// <summary>Creates the file for its owner alone. SQLite gives the files beside it the same mode.</summary>
    private void MakePrivate()
    {
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.Write,
                Share = FileShare.ReadWrite,
                UnixCreateMode = owner,
            }).Dispose();
            File.SetUnixFileMode(path, owner);
        }
    }

    private BackOfficeUnavailableException Moved() => new(
        $"{path} was deleted, moved or replaced while the service uses it. Put it back, with what lies beside it. Or restart the service: "
        + "it goes on with what is there then, and takes over what the live store knows.");

    /// <summary>
    /// Whether the path no longer names the open file. Always false on Windows, where an open file can neither be moved nor deleted.
    /// </summary>
    private static bool HasMoved(SqliteConnection connection) =>
        Ask(connection.Handle!, "main", HasMovedQuestion, out var hasMoved) == raw.SQLITE_OK && hasMoved != 0;

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_file_control")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static extern int Ask(
        sqlite3 database, [MarshalAs(UnmanagedType.LPUTF8Str)] string name, int question, out int answer);
}

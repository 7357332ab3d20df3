using Microsoft.Data.Sqlite;
using Parking.Ports;

namespace Parking.Stores.Sqlite;

/// <summary>One open connection with every statement that was run on it, prepared. Used by one thread at a time.</summary>
public sealed class SqliteSession : IDisposable
{
    /// <summary>How long SQLite waits for another program that has the file open, such as a backup, before it gives up.</summary>
    private const int BusySeconds = 1;

    /// <summary>
    /// WAL with NORMAL: a killed process loses nothing; a power cut may lose the last moments, and gates send those again. The cache is
    /// larger (64 MiB) and checkpoints are rarer (every 16 MiB) than SQLite's defaults: holders are random numbers, so every commit touches
    /// another page, and pages that are written together are written once. What is deleted is overwritten with zeros, so that a plate that
    /// somebody had erased does not stay behind in a free part of the file.
    /// </summary>
    private const string Settings =
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4096; "
        + "PRAGMA secure_delete = ON;";

    /// <summary>
    /// Neither syncs nor locks; decision 15 says what they cost a replay. So a power cut may damage the file, and from the first write on
    /// no other program can read it.
    /// </summary>
    private const string SettingsOfSimulation = "PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = OFF;";

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _prepared = [];
    private long? _dataVersion;

    private SqliteSession(SqliteConnection connection) => _connection = connection;

    /// <summary>Whether the path names another file by now, or none: what is written here would be lost.</summary>
    public bool HasMoved => SqliteFile.HasMoved(_connection.Handle!);

    /// <summary>
    /// Opens the file, creates it if it is missing and that is allowed, and makes sure that its tables are those of this version.
    /// </summary>
    public static SqliteSession Open(string path, bool mayCreate, bool isSimulation)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mayCreate ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = BusySeconds,
        }.ToString());
        var session = new SqliteSession(connection);
        try
        {
            connection.Open();

            session.RunScript(isSimulation ? Settings + SettingsOfSimulation : Settings);
            session.ApplySchema(path, mayCreate);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Whether another connection has written to the file since this was last asked; false at first. No other program has a reason to,
    /// but restoring a copy.
    /// </summary>
    public bool WasWrittenByOthers()
    {
        var before = _dataVersion;
        _dataVersion = Number("PRAGMA data_version", 0);
        return before is not null && before != _dataVersion;
    }

    /// <summary>Runs a statement with its parameters ?1, ?2, …, and returns how many rows changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<object> values) => Bind(sql, values).ExecuteNonQuery();

    /// <summary>Runs a query and reads all its rows.</summary>
    public List<T> QueryAll<T>(string sql, Func<SqliteDataReader, T> readRow, params ReadOnlySpan<object> values)
    {
        using var reader = Bind(sql, values).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(readRow(reader));
        }

        return rows;
    }

    /// <summary>The first column of the first row, or <paramref name="otherwise"/> if there is no row.</summary>
    public long Number(string sql, long otherwise, params ReadOnlySpan<object> values)
    {
        using var reader = Bind(sql, values).ExecuteReader();
        return reader.Read() ? reader.GetInt64(0) : otherwise;
    }

    public void Dispose()
    {
        foreach (var command in _prepared.Values)
        {
            command.Dispose();
        }

        _connection.Dispose();
    }

    private void ApplySchema(string path, bool mayCreate)
    {
        var found = Number("PRAGMA user_version", 0);
        if (found > SqliteSchema.Version)
        {
            throw new StoreUnavailableException(
                $"{path} was written by a newer version of the service (schema {found}, this one knows {SqliteSchema.Version}). "
                    + "Run that version, or give this one another Data:Folder.");
        }

        if (found == 0 && !mayCreate)
        {
            throw new StoreUnavailableException($"{path} was replaced by another file while the service uses it. Put the old one back.");
        }

        if (found < SqliteSchema.Version)
        {
            RunScript($"BEGIN IMMEDIATE; {string.Concat(SqliteSchema.Steps.Skip((int)found))} COMMIT;");
        }
    }

    private void RunScript(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private SqliteCommand Bind(string sql, ReadOnlySpan<object> values)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 1; i <= values.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = $"?{i}" });
            }

            _prepared.Add(sql, command);
        }

        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        return command;
    }
}

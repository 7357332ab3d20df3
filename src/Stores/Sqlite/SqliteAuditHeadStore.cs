using Microsoft.Data.Sqlite;
using Parking.Ports;

namespace Parking.Stores.Sqlite;

/// <summary>Keeps the last signed head of the audit in the embedded store's file.</summary>
/// <param name="database">The file.</param>
/// <param name="path">Its path.</param>
public sealed class SqliteAuditHeadStore(SqliteDatabase database, string path) : IAuditHeadStore
{
    private const string Read = "SELECT head FROM audit_head";

    public Task<string?> LoadAsync() =>
        database.ReadAsync(db => db.QueryAll(Read, row => row.GetString(0)) is [var head] ? head : null);

    public Task<bool> ReplaceAsync(string? expected, string head) => database.RunAsync(db => 1 == (expected is null
        ? db.Execute("INSERT INTO audit_head VALUES (1, ?1) ON CONFLICT DO NOTHING", head)
        : db.Execute("UPDATE audit_head SET head = ?2 WHERE head = ?1", expected, head)));

    /// <remarks>
    /// Reads the file itself: only one process may open it as the store's, and a second one would begin a new epoch of it. A file from
    /// before there were heads has none.
    /// </remarks>
    public async Task<string?> PeekAsync()
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            await using var connection = new SqliteConnection(
                new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT COUNT(*) FROM sqlite_master WHERE name = 'audit_head'";
            var hasHeads = (long)(await command.ExecuteScalarAsync())! == 1;
            command.CommandText = Read;
            return hasHeads ? (string?)await command.ExecuteScalarAsync() : null;
        }
        catch (SqliteException error)
        {
            throw new StoreUnavailableException($"{path} cannot be read: {error.Message}", error);
        }
    }
}

using NodaTime;
using Parking.Ports;

namespace Parking.Stores.Sqlite;

/// <summary>Keeps wall screens in the embedded store's file.</summary>
public sealed class SqliteScreenStore(SqliteDatabase database) : IScreenStore
{
    public async Task<IReadOnlyList<StoredScreen>> LoadAsync() =>
        await database.ReadAsync(db => db.QueryAll("SELECT id, content, seen FROM screens", Read));

    public Task<StoredScreen?> FindAsync(string id) => database.ReadAsync<StoredScreen?>(db =>
        db.QueryAll("SELECT id, content, seen FROM screens WHERE id = ?1", Read, id) is [var found] ? found : null);

    public Task<bool> SwapAsync(string id, string? expected, string content) => database.RunAsync(db => 1 == (expected is null
        ? db.Execute("INSERT INTO screens VALUES (?1, ?2, NULL) ON CONFLICT DO NOTHING", id, content)
        : db.Execute("UPDATE screens SET content = ?3 WHERE id = ?1 AND content = ?2", id, expected, content)));

    public Task NoteSeenAsync(string id, Instant at) => database.RunAsync(db => db.Execute(
        "UPDATE screens SET seen = max(coalesce(seen, ?2), ?2) WHERE id = ?1", id, at.ToUnixTimeMilliseconds()));

    private static StoredScreen Read(Microsoft.Data.Sqlite.SqliteDataReader row) => new(
        row.GetString(0), row.GetString(1), row.IsDBNull(2) ? null : Instant.FromUnixTimeMilliseconds(row.GetInt64(2)));
}

using Parking.Ports;

namespace Parking.Stores.Sqlite;

/// <summary>Keeps the sealed keys for cookies in the embedded store's file.</summary>
public sealed class SqlitePageKeyStore(SqliteDatabase database) : IPageKeyStore
{
    public async Task<IReadOnlyList<SealedPageKey>> LoadAsync() => await database.ReadAsync(db => db.QueryAll(
        "SELECT name, content FROM page_keys",
        row => new SealedPageKey(row.GetString(0), row.GetFieldValue<byte[]>(1))));

    public Task AddAsync(SealedPageKey key) => database.RunAsync(
        db => db.Execute("INSERT INTO page_keys VALUES (?1, ?2) ON CONFLICT DO NOTHING", key.Name, key.Content.ToArray()));
}

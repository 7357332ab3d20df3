using Parking.Codes;
using Parking.Ports;
using static Parking.Stores.Sqlite.SqliteBits;

namespace Parking.Stores.Sqlite;

/// <summary>Keeps citizens and vehicle accounts in the embedded store's file.</summary>
public sealed class SqliteAccountStore(SqliteDatabase database) : IAccountStore
{
    public async Task<CitizenHolder> FindOrAddAsync(CitizenKey citizen, HolderId proposed) =>
        await FindAsync(citizen) ?? await database.RunAsync(db =>
        {
            db.Execute(
                "INSERT INTO citizens (citizen, holder) VALUES (?1, ?2) ON CONFLICT DO NOTHING", citizen.Hex, Signed(proposed.Value));
            return Find(db, citizen)!.Value;
        });

    public Task<CitizenHolder?> FindAsync(CitizenKey citizen) => database.ReadAsync(db => Find(db, citizen));

    public Task<bool> ReplaceHolderAsync(CitizenKey citizen, CitizenHolder expected, CitizenHolder replacement) =>
        database.RunAsync(db => db.Execute(
            "UPDATE citizens SET holder = ?4, next = ?5 WHERE citizen = ?1 AND holder = ?2 AND next IS ?3",
            citizen.Hex, Signed(expected.Holder.Value), NextOf(expected), Signed(replacement.Holder.Value), NextOf(replacement)) == 1);

    public Task<StoredVehicleAccount> LoadAccountAsync(HolderId holder) => database.ReadAsync(db =>
    {
        var (version, content) = SqliteVersions.LoadAccount(db, holder);
        return new StoredVehicleAccount(version, content);
    });

    public Task<bool> SaveAccountAsync(HolderId holder, long expectedVersion, ReadOnlyMemory<byte> content) =>
        database.RunAsync(db => SqliteVersions.SwapAccount(db, holder, expectedVersion, content));

    private static CitizenHolder? Find(SqliteSession db, CitizenKey citizen) =>
        db.QueryAll(
            "SELECT holder, next FROM citizens WHERE citizen = ?1",
            row => new CitizenHolder(
                new(Unsigned(row.GetInt64(0))), row.IsDBNull(1) ? null : new HolderId(Unsigned(row.GetInt64(1)))),
            citizen.Hex) is [var found] ? found : null;

    private static object NextOf(CitizenHolder citizen) => citizen.Next is { } next ? Signed(next.Value) : DBNull.Value;
}

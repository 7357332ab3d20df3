using Parking.Codes;
using Parking.Ports;
using static Parking.Stores.Sqlite.SqliteBits;

namespace Parking.Stores.Sqlite;

/// <summary>Keeps citizens and vehicle accounts in the embedded store's file.</summary>
public sealed class SqliteAccountStore(SqliteDatabase database) : IAccountStore
{
    public async Task<HolderId> FindOrAddAsync(CitizenKey citizen, HolderId proposed) =>
        await FindAsync(citizen) ?? await database.RunAsync(db =>
        {
            db.Execute("INSERT INTO citizens VALUES (?1, ?2) ON CONFLICT DO NOTHING", citizen.Hex, Signed(proposed.Value));
            return Find(db, citizen)!.Value;
        });

    public Task<HolderId?> FindAsync(CitizenKey citizen) => database.ReadAsync(db => Find(db, citizen));

    public Task<StoredVehicleAccount> LoadAccountAsync(HolderId holder) => database.ReadAsync(db =>
    {
        var (version, content) = SqliteVersions.LoadAccount(db, holder);
        return new StoredVehicleAccount(version, content);
    });

    public Task<bool> SaveAccountAsync(HolderId holder, long expectedVersion, ReadOnlyMemory<byte> content) =>
        database.RunAsync(db => SqliteVersions.SwapAccount(db, holder, expectedVersion, content));

    private static HolderId? Find(SqliteSession db, CitizenKey citizen) =>
        db.QueryAll(
            "SELECT holder FROM citizens WHERE citizen = ?1",
            row => new HolderId(Unsigned(row.GetInt64(0))),
            citizen.Hex) is [var found] ? found : null;
}

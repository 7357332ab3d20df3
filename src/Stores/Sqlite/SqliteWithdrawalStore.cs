using NodaTime;
using Parking.Ports;

namespace Parking.Stores.Sqlite;

/// <summary>Keeps withdrawn sign-ins in the embedded store's file.</summary>
public sealed class SqliteWithdrawalStore(SqliteDatabase database) : IWithdrawalStore
{
    public Task<Instant?> FindAsync(CitizenKey person) => database.ReadAsync<Instant?>(db =>
        db.QueryAll("SELECT through FROM withdrawals WHERE citizen = ?1", row => row.GetInt64(0), person.Hex) is [var found]
            ? Instant.FromUnixTimeMilliseconds(found)
            : null);

    /// <summary>Also drops the withdrawals whose time is over.</summary>
    public Task WithdrawAsync(CitizenKey person, Instant through) => database.RunAsync(db =>
    {
        db.Execute(
            "INSERT INTO withdrawals VALUES (?1, ?2) ON CONFLICT DO UPDATE SET through = max(through, excluded.through)",
            person.Hex, through.ToUnixTimeMilliseconds());
        return db.Execute(
            "DELETE FROM withdrawals WHERE through < ?1", (through - IWithdrawalStore.Retention).ToUnixTimeMilliseconds());
    });
}

using NodaTime;
using Parking.Codes;
using Parking.Ports;
using static Parking.Stores.Sqlite.SqliteBits;

namespace Parking.Stores.Sqlite;

/// <summary>Keeps devices and revoked certificates in the embedded store's file.</summary>
public sealed class SqliteDeviceStore(SqliteDatabase database) : IDeviceStore
{
    public Task<StoredDevices> LoadAsync(HolderId holder) => database.ReadAsync(db =>
    {
        var (version, content) = SqliteVersions.LoadDevices(db, holder);
        return new StoredDevices(version, content);
    });

    public Task<bool> SaveAsync(HolderId holder, long expectedVersion, ReadOnlyMemory<byte> content) =>
        database.RunAsync(db => SqliteVersions.SwapDevices(db, holder, expectedVersion, content));

    public Task RevokeAsync(IReadOnlyCollection<CertificateMark> certificates, Instant oldest) => database.RunAsync(db =>
    {
        db.Execute("DELETE FROM revocations WHERE expires <= ?1", oldest.ToUnixTimeSeconds());
        return certificates.Where(certificate => certificate.ExpiresAt > oldest).Sum(certificate => db.Execute(
            "INSERT INTO revocations (digest, expires) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            Signed(certificate.Digest), certificate.ExpiresAt.ToUnixTimeSeconds()));
    });

    public Task<RevocationPage> ReadRevocationsAsync(long after, int limit) => database.ReadAsync(db => new RevocationPage(
        db.QueryAll(
            "SELECT number, digest, expires FROM revocations WHERE number > ?1 ORDER BY number LIMIT ?2",
            row => new NumberedRevocation(
                row.GetInt64(0), new(Unsigned(row.GetInt64(1)), Instant.FromUnixTimeSeconds(row.GetInt64(2)))),
            after, limit),
        // What AUTOINCREMENT remembers, so that a number is not given again after its entry was dropped.
        db.QueryAll("SELECT seq FROM sqlite_sequence WHERE name = 'revocations'", row => row.GetInt64(0)) is [var newest] ? newest : 0));
}

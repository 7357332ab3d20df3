using Parking.Codes;
using Parking.Facilities;
using static Parking.Stores.Sqlite.SqliteBits;

namespace Parking.Stores.Sqlite;

/// <summary>Contents that are replaced as a whole, version by version: timelines, vehicle accounts, devices and logs.</summary>
internal static class SqliteVersions
{
    public static (long Version, byte[] Content) LoadTimeline(SqliteSession db, HolderId holder) =>
        Load(db, "SELECT version, content FROM timelines WHERE holder = ?1", Signed(holder.Value));

    public static (long Version, byte[] Content) LoadAccount(SqliteSession db, HolderId holder) =>
        Load(db, "SELECT version, content FROM garages WHERE holder = ?1", Signed(holder.Value));

    public static (long Version, byte[] Content) LoadLog(SqliteSession db, FacilityId facility) =>
        Load(db, "SELECT version, content FROM logs WHERE facility = ?1", facility.Value);

    public static (long Version, byte[] Content) LoadDevices(SqliteSession db, HolderId holder) =>
        Load(db, "SELECT version, content FROM devices WHERE holder = ?1", Signed(holder.Value));

    public static bool SwapTimeline(SqliteSession db, HolderId holder, long expectedVersion, ReadOnlyMemory<byte> content) => Swap(
        db,
        "INSERT INTO timelines VALUES (?1, 1, ?2) ON CONFLICT DO NOTHING",
        "UPDATE timelines SET version = version + 1, content = ?2 WHERE holder = ?1 AND version = ?3",
        Signed(holder.Value), expectedVersion, content);

    public static bool SwapAccount(SqliteSession db, HolderId holder, long expectedVersion, ReadOnlyMemory<byte> content) => Swap(
        db,
        "INSERT INTO garages VALUES (?1, 1, ?2) ON CONFLICT DO NOTHING",
        "UPDATE garages SET version = version + 1, content = ?2 WHERE holder = ?1 AND version = ?3",
        Signed(holder.Value), expectedVersion, content);

    public static bool SwapLog(SqliteSession db, FacilityId facility, long expectedVersion, ReadOnlyMemory<byte> content) => Swap(
        db,
        "INSERT INTO logs VALUES (?1, 1, ?2) ON CONFLICT DO NOTHING",
        "UPDATE logs SET version = version + 1, content = ?2 WHERE facility = ?1 AND version = ?3",
        facility.Value, expectedVersion, content);

    public static bool SwapDevices(SqliteSession db, HolderId holder, long expectedVersion, ReadOnlyMemory<byte> content) => Swap(
        db,
        "INSERT INTO devices VALUES (?1, 1, ?2) ON CONFLICT DO NOTHING",
        "UPDATE devices SET version = version + 1, content = ?2 WHERE holder = ?1 AND version = ?3",
        Signed(holder.Value), expectedVersion, content);

    private static (long Version, byte[] Content) Load(SqliteSession db, string select, object key) =>
        db.QueryAll(select, row => (row.GetInt64(0), row.GetFieldValue<byte[]>(1)), key) is [var found] ? found : (0, []);

    private static bool Swap(SqliteSession db, string insert, string update, object key, long expectedVersion, ReadOnlyMemory<byte> content)
    {
        var changed = expectedVersion == 0
            ? db.Execute(insert, key, content.ToArray())
            : db.Execute(update, key, content.ToArray(), expectedVersion);
        return changed == 1;
    }
}

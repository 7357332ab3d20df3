using Parking.Codes;
using Parking.Ports;
using static Parking.Stores.Sqlite.SqliteBits;

namespace Parking.Stores.Sqlite;

/// <summary>The archive's feed in the embedded store's file: one partition.</summary>
public sealed class SqliteArchiveFeed(SqliteDatabase database) : IArchiveFeed
{
    private const int Only = 0;

    public int PartitionOf(HolderId holder) => Only;

    public async Task<IReadOnlyList<FeedPartition>> ListAsync(int limit) =>
        await database.ReadAsync(db => Read(db, limit)) is { Changed.Count: > 0 } partition ? [partition] : [];

    public async Task<IReadOnlyList<FeedPartition>> PartitionsAsync() => [await database.ReadAsync(db => Read(db, 0))];

    public Task<bool> AcknowledgeAsync(int partition, ArchiveBatch? expected, ArchiveBatch batch, IReadOnlyList<OutgoingEntry> handled) =>
        database.RunAsync(db =>
        {
            if (LastOf(db) != expected)
            {
                return false;
            }

            db.Execute(
                "INSERT INTO archived VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET number = ?2, token = ?3",
                Only, batch.Number, batch.Token);
            foreach (var (holder, version) in handled)
            {
                db.Execute("DELETE FROM archive WHERE holder = ?1 AND version = ?2", Signed(holder.Value), version);
            }

            return true;
        });

    private static FeedPartition Read(SqliteSession db, int limit) => new(
        Only,
        LastOf(db),
        db.QueryAll(
            "SELECT holder, version FROM archive ORDER BY holder LIMIT ?1",
            row => new OutgoingEntry(new(Unsigned(row.GetInt64(0))), row.GetInt64(1)),
            limit));

    private static ArchiveBatch? LastOf(SqliteSession db) =>
        db.QueryAll("SELECT number, token FROM archived", row => new ArchiveBatch(row.GetInt64(0), row.GetInt64(1))) is [var last]
            ? last
            : null;
}

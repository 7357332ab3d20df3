using Parking.Codes;
using Parking.Ports;
using StackExchange.Redis;

namespace Parking.Stores.Redis;

/// <summary>The archive's feed in Redis: a hash in each partition of holders.</summary>
public sealed class RedisArchiveFeed(RedisConnection redis) : IArchiveFeed
{
    /// <summary>The partition with which the next list begins, so that a busy one does not keep the others waiting.</summary>
    private uint _nextPartition;

    public int PartitionOf(HolderId holder) => StoreKeys.PartitionOf(holder);

    public Task<IReadOnlyList<FeedPartition>> ListAsync(int limit) => redis.RunAsync<IReadOnlyList<FeedPartition>>(async db =>
    {
        // First read how much each partition has, then of each as much as there is room for. That makes two rounds, each sent as one.
        var first = (int)(Interlocked.Increment(ref _nextPartition) % StoreKeys.Partitions);
        var lengths = await Task.WhenAll(Enumerable.Range(0, StoreKeys.Partitions)
            .Select(n => (first + n) % StoreKeys.Partitions)
            .Select(async partition => (Partition: partition, Length: await db.HashLengthAsync(StoreKeys.Archive(partition)))));
        var reads = new List<Task<FeedPartition>>();
        long room = limit;
        foreach (var (partition, length) in lengths.Where(hash => hash.Length > 0))
        {
            var taken = Math.Min(room, length);
            if (taken > 0)
            {
                reads.Add(ReadAsync(db, partition, (int)taken));
            }

            room -= taken;
        }

        return await Task.WhenAll(reads);
    });

    public Task<IReadOnlyList<FeedPartition>> PartitionsAsync() => redis.RunAsync<IReadOnlyList<FeedPartition>>(async db =>
        await Task.WhenAll(Enumerable.Range(0, StoreKeys.Partitions).Select(async partition => new FeedPartition(
            partition, RedisBytes.ReadBatch(await db.StringGetAsync(StoreKeys.Archived(partition))), []))));

    public Task<bool> AcknowledgeAsync(int partition, ArchiveBatch? expected, ArchiveBatch batch, IReadOnlyList<OutgoingEntry> handled) =>
        redis.RunAsync(async db =>
        {
            var outcome = await db.ScriptEvaluateAsync(
                StoreScripts.AcknowledgeArchived,
                [StoreKeys.Archive(partition), StoreKeys.Archived(partition)],
                [
                    expected is { } last ? RedisBytes.Of(last) : RedisValue.EmptyString,
                    RedisBytes.Of(batch),
                    .. handled.SelectMany(entry => new RedisValue[] { RedisBytes.Of(entry.Holder.Value), RedisBytes.Of(entry.Version) }),
                ]);
            return (int)outcome == 1;
        });

    /// <summary>The batch is read first: what is acknowledged in between makes this list's own acknowledgement come to nothing.</summary>
    private static async Task<FeedPartition> ReadAsync(IDatabase db, int partition, int count)
    {
        var archived = db.StringGetAsync(StoreKeys.Archived(partition));
        var changed = db.HashRandomFieldsWithValuesAsync(StoreKeys.Archive(partition), count);
        return new(
            partition,
            RedisBytes.ReadBatch(await archived),
            [
                .. (await changed)
                    .Select(entry => new OutgoingEntry(RedisBytes.ReadHolder(entry.Name), RedisBytes.ReadVersion(entry.Value))),
            ]);
    }
}

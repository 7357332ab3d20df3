using Parking.BackOffice.Sql;
using Parking.Codes;
using Parking.Ports;
using Parking.Timelines;

namespace Parking.BackOffice.Archive;

/// <summary>Going through partitions as a whole.</summary>
public sealed partial class ArchiveDrain
{
    /// <summary>
    /// Goes through all timelines of some partitions, and then through the holders whose stays are archived and whose timelines are gone.
    /// Only then each head notes the epoch, and the live store that its batch is known again. If it ends before, it begins anew.
    /// </summary>
    private async Task<DrainResult> GoThroughAsync(
        HashSet<int> numbers, IReadOnlyDictionary<int, FeedPartition> listed, string epoch, CancellationToken cancellationToken)
    {
        Resyncing(logger, numbers.Count, epoch);
        var walk = new Walk(this, listed);
        var seen = new HashSet<HolderId>();
        var found = timelines.HoldersAsync(cancellationToken)
            .Where(holder => numbers.Contains(feed.PartitionOf(holder)) && seen.Add(holder));
        await foreach (var holders in found.Chunk(BatchSize).WithCancellation(cancellationToken))
        {
            if (!await walk.TakeAsync(holders, cancellationToken))
            {
                return new(walk.Timelines, walk.Revisions, 0, true);
            }
        }

        var since = (clock.GetCurrentInstant() - Timeline.StayRetention).ToMicroseconds();
        var after = long.MinValue;
        while (await sql.ReadAsync(db => ArchiveTables.HoldersAsync(db, after, since, BatchSize), cancellationToken) is { Count: > 0 } page)
        {
            after = page[^1];
            HolderId[] gone =
            [
                .. page.Select(signed => new HolderId(unchecked((ulong)signed)))
                    .Where(holder => numbers.Contains(feed.PartitionOf(holder)) && !seen.Contains(holder)),
            ];
            if (!await walk.TakeAsync(gone, cancellationToken))
            {
                return new(walk.Timelines, walk.Revisions, 0, true);
            }
        }

        var isWhole = await walk.EndAsync(numbers, epoch, cancellationToken);
        Resynced(logger, numbers.Count, walk.Timelines, walk.Revisions, isWhole);
        return new(walk.Timelines, walk.Revisions, 0, true);
    }

    private int PartitionOf(HolderId holder) => feed.PartitionOf(holder);

    /// <summary>The heads of some partitions; null if the archive does not know a walk's own batch any more.</summary>
    private Task<Dictionary<int, HeadRow>?> HeadsAsync(
        IReadOnlyCollection<int> partitions,
        IReadOnlyDictionary<int, ArchiveBatch> own,
        CancellationToken cancellationToken) => sql.ReadAsync(
        async db =>
        {
            var heads = (await ArchiveTables.HeadsAsync(db, [.. partitions])).ToDictionary(head => (int)head.PartitionNumber);
            foreach (var partition in partitions)
            {
                if (own.TryGetValue(partition, out var batch) && heads.GetValueOrDefault(partition)?.Batch != batch
                    && !await ArchiveTables.KnowsAsync(db, partition, batch))
                {
                    return null;
                }
            }

            return heads;
        },
        cancellationToken);

    private Task<bool> AcknowledgeAsync(int partition, ArchiveBatch? expected, ArchiveBatch batch) =>
        feed.AcknowledgeAsync(partition, expected, batch, []);

    [LoggerMessage(
        9011,
        LogLevel.Information,
        "{Partitions} partitions are compared with the archive as a whole, in epoch {Epoch} of the live store",
        EventName = "ArchiveResyncing")]
    private static partial void Resyncing(ILogger logger, int partitions, string epoch);

    [LoggerMessage(
        9012,
        LogLevel.Information,
        "{Partitions} partitions were compared with the archive: {Timelines} timelines, {Revisions} revisions; to the end: {IsWhole}",
        EventName = "ArchiveResynced")]
    private static partial void Resynced(ILogger logger, int partitions, int timelines, int revisions, bool isWhole);

    /// <summary>A walk through partitions, with the last batch that it wrote to each.</summary>
    private sealed class Walk(ArchiveDrain drain, IReadOnlyDictionary<int, FeedPartition> listed)
    {
        private readonly Dictionary<int, ArchiveBatch> _own = [];

        public int Timelines { get; private set; }

        public int Revisions { get; private set; }

        /// <summary>Takes over some timelines, again where another drain wrote to the partition meanwhile.</summary>
        /// <returns>False if the archive was put back to before what this walk has written.</returns>
        public async Task<bool> TakeAsync(IReadOnlyList<HolderId> holders, CancellationToken cancellationToken)
        {
            var left = holders.GroupBy(drain.PartitionOf).ToDictionary(group => group.Key, group => group.ToList());
            return await TakeAsync(left, null, cancellationToken);
        }

        /// <summary>Notes the epoch in each head, and acknowledges its batch.</summary>
        public async Task<bool> EndAsync(IReadOnlyCollection<int> numbers, string epoch, CancellationToken cancellationToken)
        {
            if (!await TakeAsync(numbers.ToDictionary(number => number, _ => new List<HolderId>()), epoch, cancellationToken))
            {
                return false;
            }

            foreach (var number in numbers)
            {
                await drain.AcknowledgeAsync(number, listed[number].Acknowledged, _own[number]);
            }

            return true;
        }

        private async Task<bool> TakeAsync(Dictionary<int, List<HolderId>> left, string? epoch, CancellationToken cancellationToken)
        {
            while (left.Count > 0)
            {
                var heads = await drain.HeadsAsync(left.Keys, _own, cancellationToken);
                if (heads is null)
                {
                    return false;
                }

                var works = left.Select(one => new PartitionWork(
                    listed[one.Key], heads.GetValueOrDefault(one.Key), one.Value, epoch)).ToList();
                var (written, swaps, won) = await drain.CommitAsync(works, cancellationToken, skipsUnchanged: true);
                Revisions += written.Sum(change => change.Revisions.Count);
                for (var i = 0; i < works.Count; i++)
                {
                    if (won[i])
                    {
                        _own[works[i].Partition.Number] = new(swaps[i].Number, swaps[i].Token);
                        Timelines += works[i].Holders.Count;
                        left.Remove(works[i].Partition.Number);
                    }
                }
            }

            return true;
        }
    }
}

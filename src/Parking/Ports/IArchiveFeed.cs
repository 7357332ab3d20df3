using Parking.Codes;

namespace Parking.Ports;

/// <summary>
/// Names the timelines that changed since the archive took them over. It is the archive's own: the sweep has another list, and neither
/// waits for the other. A commit of a timeline (<see cref="ITimelineStore.CommitAsync"/>) names it here in the same step.
/// </summary>
/// <remarks>
/// <para>The rules of <see cref="ILiveStore"/> hold for every method.</para>
/// <para>A holder is named once, with the newest version, so that the feed is bounded by holders however long the archive is away. Holders
/// fall into partitions, each of which keeps the last batch that the archive acknowledged. The archive keeps the same: a partition whose
/// batch the archive does not know was drained into another archive, or this one was put back to an older copy.</para>
/// </remarks>
public interface IArchiveFeed
{
    /// <summary>The partition in which a holder is named. It never changes.</summary>
    int PartitionOf(HolderId holder);

    /// <summary>
    /// Returns named timelines, at most <paramref name="limit"/> in all, by their partitions. Partitions without any are left out.
    /// </summary>
    Task<IReadOnlyList<FeedPartition>> ListAsync(int limit);

    /// <summary>Returns what every partition keeps of the archive, and no timelines.</summary>
    Task<IReadOnlyList<FeedPartition>> PartitionsAsync();

    /// <summary>
    /// Acknowledges a batch: keeps it as the partition's last, and removes those of <paramref name="handled"/> that are still named at the
    /// version at which they were listed. Nothing changes if the last batch is not <paramref name="expected"/> any more: then the
    /// partition is not the one that was listed, or another drain went first.
    /// </summary>
    /// <returns>Whether it was acknowledged.</returns>
    Task<bool> AcknowledgeAsync(int partition, ArchiveBatch? expected, ArchiveBatch batch, IReadOnlyList<OutgoingEntry> handled);
}

/// <summary>A part of the feed.</summary>
/// <param name="Number">Its number, from 0.</param>
/// <param name="Acknowledged">The last batch that was acknowledged; null if none ever was.</param>
/// <param name="Changed">Timelines that changed, at the versions that they had when they were listed.</param>
public sealed record FeedPartition(int Number, ArchiveBatch? Acknowledged, IReadOnlyList<OutgoingEntry> Changed);

/// <summary>What the archive took over in one transaction.</summary>
/// <param name="Number">1 or more, and higher than that of the batch before.</param>
/// <param name="Token">Drawn at random: tells batches of the same number apart.</param>
public readonly record struct ArchiveBatch(long Number, long Token);

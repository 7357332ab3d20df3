using Parking.Codes;

namespace Parking.Ports;

/// <summary>
/// Keeps one timeline for each holder: the facts from which stays are derived. Names changed timelines in an outgoing list.
/// </summary>
/// <remarks>The rules of <see cref="ILiveStore"/> hold for every method.</remarks>
public interface ITimelineStore
{
    /// <summary>Loads a holder's timeline; version 0 and no content if there is none.</summary>
    Task<StoredTimeline> LoadAsync(HolderId holder);

    /// <summary>
    /// Stores <paramref name="content"/> as version <paramref name="expectedVersion"/> + 1 if the version is still
    /// <paramref name="expectedVersion"/>, and names (holder, new version) in the outgoing list and in the archive's feed
    /// (<see cref="IArchiveFeed"/>), in one step.
    /// </summary>
    /// <returns>False if the version is another by now; then nothing changed.</returns>
    Task<bool> CommitAsync(HolderId holder, long expectedVersion, ReadOnlyMemory<byte> content);

    /// <summary>
    /// Returns every holder with a timeline, in no order. Holders that appear meanwhile may be missing; a holder may come twice.
    /// </summary>
    IAsyncEnumerable<HolderId> HoldersAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Returns the oldest entries of the outgoing list, at most <paramref name="limit"/> in all. If the list is kept in parts, the oldest
    /// entries of each part.
    /// </summary>
    Task<IReadOnlyList<OutgoingEntry>> OutgoingAsync(int limit);

    /// <summary>Removes entries that have been handled. An entry of the same holder at another version, written meanwhile, stays.</summary>
    Task RemoveOutgoingAsync(IReadOnlyList<OutgoingEntry> entries);
}

/// <summary>A holder's timeline as stored. Version 0: there is none yet, and <see cref="Content"/> is empty.</summary>
public readonly record struct StoredTimeline(long Version, ReadOnlyMemory<byte> Content);

/// <summary>Says that a holder's timeline reached a version. Whoever drains the list loads the timeline's current version.</summary>
public readonly record struct OutgoingEntry(HolderId Holder, long Version);

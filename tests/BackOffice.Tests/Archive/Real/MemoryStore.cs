using System.Collections.Immutable;
using NodaTime;
using Parking.Codes;
using Parking.Ports;

namespace Parking.BackOffice.Tests.Archive.Real;

/// <summary>
/// The ports of a live store in memory, with two partitions. The stores' own contracts hold those of SQLite and Redis to the same
/// sentences. What it has is a value, so that a copy is the value.
/// </summary>
internal sealed class MemoryStore : ITimelineStore, IArchiveFeed, IStoreHealth, IAccountStore
{
    private const int Partitions = 2;

    private int _epoch = 1;

    public Contents Kept { get; private set; } = Contents.Empty;

    public Dictionary<HolderId, ReadOnlyMemory<byte>> Accounts { get; } = [];

    /// <summary>The epoch that instances know, until they probe.</summary>
    public int KnownEpoch { get; private set; } = 1;

    /// <summary>Puts other contents in the place of these: another epoch begins, of which instances learn later.</summary>
    public void Replace(Contents contents)
    {
        Kept = contents;
        _epoch++;
    }

    public Task ProbeAsync(CancellationToken cancellationToken)
    {
        KnownEpoch = _epoch;
        return Task.CompletedTask;
    }

    public Task<StoreLife> LifeAsync() => Task.FromResult(new StoreLife(
        [new(KnownEpoch.ToString("x8", System.Globalization.CultureInfo.InvariantCulture), Instant.MinValue, StoreEpoch.Everything)]));

    public Task<StoredTimeline> LoadAsync(HolderId holder) => Task.FromResult(Kept.Timelines.GetValueOrDefault(holder));

    public Task<bool> CommitAsync(HolderId holder, long expectedVersion, ReadOnlyMemory<byte> content)
    {
        var isExpected = Kept.Timelines.GetValueOrDefault(holder).Version == expectedVersion;
        if (isExpected)
        {
            Kept = Kept with
            {
                Timelines = Kept.Timelines.SetItem(holder, new(expectedVersion + 1, content)),
                Changed = Kept.Changed.SetItem(holder, expectedVersion + 1),
            };
        }

        return Task.FromResult(isExpected);
    }

    public IAsyncEnumerable<HolderId> HoldersAsync(CancellationToken cancellationToken) => Kept.Timelines.Keys.ToAsyncEnumerable();

    public int PartitionOf(HolderId holder) => (int)(holder.Value % Partitions);

    public async Task<IReadOnlyList<FeedPartition>> ListAsync(int limit) => [.. (await PartitionsAsync())
        .Select(one => one with
        {
            Changed =
            [
                .. Kept.Changed.Where(entry => PartitionOf(entry.Key) == one.Number)
                    .Select(entry => new OutgoingEntry(entry.Key, entry.Value)),
            ],
        })
        .Where(one => one.Changed.Count > 0)];

    public Task<IReadOnlyList<FeedPartition>> PartitionsAsync() => Task.FromResult<IReadOnlyList<FeedPartition>>(
        [.. Enumerable.Range(0, Partitions).Select(n => new FeedPartition(n, LastOf(n), []))]);

    public Task<bool> AcknowledgeAsync(int partition, ArchiveBatch? expected, ArchiveBatch batch, IReadOnlyList<OutgoingEntry> handled)
    {
        var isExpected = LastOf(partition) == expected;
        if (isExpected)
        {
            Kept = Kept with
            {
                Acknowledged = Kept.Acknowledged.SetItem(partition, batch),
                Changed = Kept.Changed.RemoveRange(handled
                    .Where(entry => Kept.Changed.GetValueOrDefault(entry.Holder) == entry.Version).Select(entry => entry.Holder)),
            };
        }

        return Task.FromResult(isExpected);
    }

    public Task<StoredVehicleAccount> LoadAccountAsync(HolderId holder) =>
        Task.FromResult(new StoredVehicleAccount(1, Accounts.GetValueOrDefault(holder)));

    public Task<IReadOnlyList<OutgoingEntry>> OutgoingAsync(int limit) => throw new NotSupportedException();

    public Task RemoveOutgoingAsync(IReadOnlyList<OutgoingEntry> entries) => throw new NotSupportedException();

    public Task<CitizenHolder> FindOrAddAsync(CitizenKey citizen, HolderId proposed) => throw new NotSupportedException();

    public Task<CitizenHolder?> FindAsync(CitizenKey citizen) => throw new NotSupportedException();

    public Task<bool> ReplaceHolderAsync(CitizenKey citizen, CitizenHolder expected, CitizenHolder replacement) =>
        throw new NotSupportedException();

    public Task<bool> SaveAccountAsync(HolderId holder, long expectedVersion, ReadOnlyMemory<byte> content) =>
        throw new NotSupportedException();

    private ArchiveBatch? LastOf(int partition) => Kept.Acknowledged.TryGetValue(partition, out var last) ? last : null;

    /// <summary>What it has.</summary>
    internal sealed record Contents(
        ImmutableDictionary<HolderId, StoredTimeline> Timelines,
        ImmutableDictionary<HolderId, long> Changed,
        ImmutableDictionary<int, ArchiveBatch> Acknowledged)
    {
        public static readonly Contents Empty = new(
            ImmutableDictionary<HolderId, StoredTimeline>.Empty,
            ImmutableDictionary<HolderId, long>.Empty,
            ImmutableDictionary<int, ArchiveBatch>.Empty);
    }
}

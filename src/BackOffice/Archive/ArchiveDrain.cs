using System.Security.Cryptography;
using NodaTime;
using Parking.BackOffice.Sql;
using Parking.Codes;
using Parking.Facilities;
using Parking.Ports;
using Parking.Stays;

namespace Parking.BackOffice.Archive;

/// <summary>
/// Takes what changed in the live store over into the archive. It may be killed anywhere and run twice at once; either side may be put back
/// to an older copy, or be lost: the archive ends as the timelines say, and what the timelines no longer say stays as it is.
/// </summary>
/// <remarks>
/// <para>The unit is a partition of the feed. The archive keeps a <em>head</em> for each: the last batch, a number and a random token. The
/// steps of a round, as the model in the tests has them:</para>
/// <para>1. List what changed, and which batch the live store has acknowledged last. 2. Read the head. 3. Only then load the timelines. 4.
/// In one transaction replace the head, if it is still the one that was read, compare the timelines with the archive, and write what
/// differs. So nobody else wrote in between, and no number of the live store is a key. 5. Acknowledge: the live store drops what was
/// listed, unless it changed meanwhile or has acknowledged another batch. A crash before this repeats a round that changes nothing.</para>
/// <para>A partition is gone through as a whole, timeline by timeline, in the same way, if the live store acknowledged a batch that the
/// archive does not know (the archive was put back), or is in another epoch than when this was done last (the live store was). That only
/// appends.</para>
/// </remarks>
public sealed partial class ArchiveDrain(
    ISqlDatabase sql,
    IArchiveFeed feed,
    ITimelineStore timelines,
    IStoreHealth health,
    IAccountStore accounts,
    CityDirectory city,
    StayPricing pricing,
    StayNames names,
    ArchiveKeys keys,
    IClock clock,
    ILogger<ArchiveDrain> logger)
{
    /// <summary>
    /// How many timelines are taken over in one transaction: few enough that it stays below 50 ms, and that a scan does not wait long while
    /// the live store acknowledges them.
    /// </summary>
    private const int BatchSize = 64;

    /// <summary>How many calls of the live store wait at the same time.</summary>
    private const int AtOnce = 4;

    /// <summary>How long a partition without changes may be out of step before that is noticed.</summary>
    private static readonly Duration CheckPeriod = Duration.FromMinutes(1);

    private readonly TimelineComparison _comparison = new(city, pricing, names, keys);

    /// <summary>When all partitions were found in step, and in which epoch; null: not yet, or not since the archive was away.</summary>
    private (Instant At, string Epoch)? _checked;

    /// <summary>Runs one round.</summary>
    /// <returns>What it did; nothing left to do if it did nothing.</returns>
    /// <exception cref="BackOfficeUnavailableException">
    /// The archive cannot be used. All partitions are checked when it can be again.
    /// </exception>
    /// <exception cref="StoreUnavailableException">The live store cannot be used.</exception>
    public async Task<DrainResult> DrainAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await RunRoundAsync(cancellationToken);
        }
        catch
        {
            _checked = null;
            throw;
        }
    }

    private async Task<DrainResult> RunRoundAsync(CancellationToken cancellationToken)
    {
        var epoch = (await health.LifeAsync()).Epoch;
        var isCheck = _checked is not { } last || last.Epoch != epoch || clock.GetCurrentInstant() - last.At >= CheckPeriod;
        var listed = (await feed.ListAsync(BatchSize)).ToDictionary(partition => partition.Number);
        if (isCheck)
        {
            foreach (var partition in await feed.PartitionsAsync())
            {
                listed.TryAdd(partition.Number, partition);
            }
        }

        if (listed.Count == 0)
        {
            return default;
        }

        var (heads, outOfStep) = await CheckAsync(listed.Values, epoch, cancellationToken);
        if (outOfStep.Count > 0)
        {
            var walked = await GoThroughAsync([.. outOfStep.Select(partition => partition.Number)], listed, epoch, cancellationToken);
            return walked with { Resynced = outOfStep.Count };
        }

        var works = listed.Values.Where(partition => partition.Changed.Count > 0)
            .Select(partition => new PartitionWork(partition, heads[partition.Number], [.. partition.Changed.Select(one => one.Holder)]))
            .ToDictionary(work => work.Partition.Number);
        if (isCheck)
        {
            await AddQuarantinedAsync(works, listed, heads, cancellationToken);
            _checked = (clock.GetCurrentInstant(), epoch);
        }

        return await TakeOverAsync([.. works.Values], cancellationToken);
    }

    /// <summary>Reads the heads, and finds the partitions that must be gone through.</summary>
    private async Task<(Dictionary<int, HeadRow?> Heads, List<FeedPartition> OutOfStep)> CheckAsync(
        IReadOnlyCollection<FeedPartition> partitions, string epoch, CancellationToken cancellationToken) => await sql.ReadAsync(
        async db =>
        {
            var rows = (await ArchiveTables.HeadsAsync(db, [.. partitions.Select(partition => partition.Number)]))
                .ToDictionary(row => (int)row.PartitionNumber);
            var outOfStep = new List<FeedPartition>();
            foreach (var partition in partitions)
            {
                var head = rows.GetValueOrDefault(partition.Number);
                if (head is null || head.Epoch != epoch
                    || (partition.Acknowledged is { } last && last != head.Batch
                        && !await ArchiveTables.KnowsAsync(db, partition.Number, last)))
                {
                    outOfStep.Add(partition);
                }
            }

            return (partitions.ToDictionary(one => one.Number, one => rows.GetValueOrDefault(one.Number)), outOfStep);
        },
        cancellationToken);

    /// <summary>Timelines that could not be read are tried again: a newer version of the service may read them.</summary>
    private async Task AddQuarantinedAsync(
        Dictionary<int, PartitionWork> works,
        Dictionary<int, FeedPartition> listed,
        Dictionary<int, HeadRow?> heads,
        CancellationToken cancellationToken)
    {
        foreach (var signed in await sql.ReadAsync(db => ArchiveTables.QuarantinedAsync(db, BatchSize), cancellationToken))
        {
            var holder = new HolderId(unchecked((ulong)signed));
            var partition = feed.PartitionOf(holder);
            var work = works.GetValueOrDefault(partition) ?? new(listed[partition] with { Changed = [] }, heads[partition], []);
            works[partition] = work with { Holders = [.. work.Holders.Append(holder).Distinct()] };
        }
    }

    /// <summary>Steps 3 to 5 for some partitions.</summary>
    private async Task<DrainResult> TakeOverAsync(IReadOnlyList<PartitionWork> works, CancellationToken cancellationToken)
    {
        if (works.Count == 0)
        {
            return default;
        }

        var (changes, swaps, won) = await CommitAsync(works, cancellationToken);
        for (var i = 0; i < works.Count; i++)
        {
            if (won[i])
            {
                var partition = works[i].Partition;
                await feed.AcknowledgeAsync(
                    partition.Number, partition.Acknowledged, new(swaps[i].Number, swaps[i].Token), partition.Changed);
            }
        }

        var written = works.Where((_, i) => won[i]).SelectMany(work => work.Holders).Count();
        return new(written, changes.Sum(change => change.Revisions.Count), 0, DidSomething: true);
    }

    /// <summary>
    /// Steps 3 and 4: loads timelines, and where the head is still the one that was read, compares them and writes what differs. What is
    /// archived is read after the swap, in its transaction: a copy that was put back meanwhile may have the same head and older rows.
    /// </summary>
    private async Task<(IReadOnlyList<HolderChange> Written, IReadOnlyList<HeadSwap> Swaps, IReadOnlyList<bool> Won)> CommitAsync(
        IReadOnlyList<PartitionWork> works, CancellationToken cancellationToken, bool skipsUnchanged = false)
    {
        var ordered = works.OrderBy(work => work.Partition.Number).ToList();
        var loaded = await LoadAsync([.. ordered.SelectMany(work => work.Holders)], skipsUnchanged, cancellationToken);
        var swaps = ordered.ToDictionary(work => work, NextOf);
        var (written, won) = await sql.WriteAsync(
            async db =>
            {
                var swapped = await ArchiveTables.SwapHeadsAsync(db, [.. ordered.Select(work => swaps[work])]);
                var winners = ordered.Where((_, i) => swapped[i]).ToHashSet();
                var holders = winners.SelectMany(work => work.Holders).ToHashSet();

                // Read inside the step: an open stay changes all days up to now, and a day may pass while the step waits.
                var now = clock.GetCurrentInstant();
                var changes = await CompareAsync(db, [.. loaded.Where(one => holders.Contains(one.Holder))], skipsUnchanged, now);
                await ArchiveTables.WriteAsync(db, changes, now.ToMicroseconds());
                return (changes, winners);
            },
            cancellationToken);
        return (written, [.. works.Select(work => swaps[work])], [.. works.Select(won.Contains)]);
    }

    /// <summary>A number above all that either side knows of, and a token that no other batch has.</summary>
    private static HeadSwap NextOf(PartitionWork work) => new(
        work.Partition.Number,
        work.Head?.Number ?? 0,
        work.Head?.Token ?? 0,
        Math.Max(work.Head?.Number ?? 0, work.Partition.Acknowledged?.Number ?? 0) + 1,
        RandomNumberGenerator.GetInt32(int.MaxValue) * (1L << 31) + RandomNumberGenerator.GetInt32(int.MaxValue),
        work.NewEpoch ?? work.Head?.Epoch ?? "");

    /// <summary>What is to be taken over of one partition.</summary>
    /// <param name="Partition">What was listed.</param>
    /// <param name="Head">The head that was read after that; null for none.</param>
    /// <param name="Holders">Whose timelines to take over.</param>
    /// <param name="NewEpoch">The epoch that the head is to have; null: as before.</param>
    private sealed record PartitionWork(
        FeedPartition Partition, HeadRow? Head, IReadOnlyList<HolderId> Holders, string? NewEpoch = null);
}

/// <summary>What a round of the drain did.</summary>
/// <param name="Timelines">How many timelines were taken over.</param>
/// <param name="Revisions">How many revisions were appended.</param>
/// <param name="Resynced">How many partitions were gone through as a whole.</param>
/// <param name="DidSomething">Whether there may be more to do.</param>
public readonly record struct DrainResult(int Timelines, int Revisions, int Resynced, bool DidSomething);

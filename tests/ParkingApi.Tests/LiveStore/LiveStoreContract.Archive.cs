using Parking.Codes;
using Parking.Ports;
using static Parking.Api.Tests.LiveStore.Sample;

namespace Parking.Api.Tests.LiveStore;

/// <summary>The archive's feed.</summary>
public abstract partial class LiveStoreContract
{
    private static readonly ArchiveBatch First = new(1, 0x7fff_ffff_ffff_ffff);
    private static readonly ArchiveBatch Second = new(2, 1);

    [Fact]
    public async Task Feed_NamesEachTimelineOnce_AtItsNewestVersion()
    {
        await Store.CommitAsync(Holder, 0, Bytes("1"));
        await Store.CommitAsync(Holder, 1, Bytes("2"));
        await Store.CommitAsync(Holder, 1, Bytes("lost"));
        await Store.CommitAsync(OtherHolder, 0, Bytes("1"));

        var listed = await Subject.Feed.ListAsync(100);

        Assert.Equal([new(OtherHolder, 1), new(Holder, 2)], listed.SelectMany(one => one.Changed).OrderBy(one => one.Holder.Value));
        Assert.All(listed, one => Assert.Null(one.Acknowledged));
        Assert.All(listed, one => Assert.All(one.Changed, entry => Assert.Equal(one.Number, Subject.Feed.PartitionOf(entry.Holder))));
    }

    [Fact]
    public async Task Feed_IsNotTheSweepsList()
    {
        await Store.CommitAsync(Holder, 0, Bytes("1"));
        await Store.RemoveOutgoingAsync(await Store.OutgoingAsync(100));
        var listed = Assert.Single(await Subject.Feed.ListAsync(100));

        await Store.CommitAsync(Holder, 1, Bytes("2"));
        Assert.True(await Subject.Feed.AcknowledgeAsync(listed.Number, null, First, [new(Holder, 2)]));

        Assert.Equal([new(Holder, 2)], await Store.OutgoingAsync(100));
        Assert.Empty(await Subject.Feed.ListAsync(100));
    }

    [Fact]
    public async Task Acknowledge_WrittenMeanwhile_Stays()
    {
        await Store.CommitAsync(Holder, 0, Bytes("1"));
        var listed = Assert.Single(await Subject.Feed.ListAsync(100));
        await Store.CommitAsync(Holder, 1, Bytes("2"));

        Assert.True(await Subject.Feed.AcknowledgeAsync(listed.Number, null, First, listed.Changed));

        var left = Assert.Single(await Subject.Feed.ListAsync(100));
        Assert.Equal((First, new OutgoingEntry(Holder, 2)), (left.Acknowledged, Assert.Single(left.Changed)));
    }

    [Fact]
    public async Task Acknowledge_AfterAnother_ChangesNothing()
    {
        await Store.CommitAsync(Holder, 0, Bytes("1"));
        var listed = Assert.Single(await Subject.Feed.ListAsync(100));

        Assert.False(await Subject.Feed.AcknowledgeAsync(listed.Number, First, Second, listed.Changed));
        Assert.True(await Subject.Feed.AcknowledgeAsync(listed.Number, null, First, []));
        Assert.False(await Subject.Feed.AcknowledgeAsync(listed.Number, null, Second, listed.Changed));
        Assert.Equal([First], (await Subject.Feed.ListAsync(100)).Select(one => one.Acknowledged!.Value));
        Assert.True(await Subject.Feed.AcknowledgeAsync(listed.Number, First, Second, listed.Changed));

        Assert.Empty(await Subject.Feed.ListAsync(100));
        var partitions = await Subject.Feed.PartitionsAsync();
        Assert.Equal(Second, partitions.Single(one => one.Number == listed.Number).Acknowledged);
        Assert.All(partitions.Where(one => one.Number != listed.Number), one => Assert.Null(one.Acknowledged));
    }

    [Fact]
    public async Task Feed_OfMoreThanTheLimit_IsTakenPortionByPortion()
    {
        var holders = Enumerable.Range(0, 500).Select(n => new HolderId((ulong)n * 0x9e37_79b9)).ToList();
        await Task.WhenAll(holders.Select(holder => Store.CommitAsync(holder, 0, Bytes("x"))));

        var taken = new List<OutgoingEntry>();
        for (var number = 1; await Subject.Feed.ListAsync(64) is { Count: > 0 } listed; number++)
        {
            Assert.True(listed.Sum(one => one.Changed.Count) <= 64);
            foreach (var one in listed)
            {
                taken.AddRange(one.Changed);
                Assert.True(await Subject.Feed.AcknowledgeAsync(one.Number, one.Acknowledged, new(number, number), one.Changed));
            }
        }

        Assert.Equal(holders.Order(HolderOrder), taken.Select(entry => entry.Holder).Order(HolderOrder));
    }
}

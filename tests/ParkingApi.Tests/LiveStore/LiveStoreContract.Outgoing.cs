using Parking.Codes;
using Parking.Ports;
using static Parking.Api.Tests.LiveStore.Sample;

namespace Parking.Api.Tests.LiveStore;

/// <summary>The outgoing list.</summary>
public abstract partial class LiveStoreContract
{
    [Fact]
    public async Task Outgoing_Committed_NamesEveryVersionOldestFirst()
    {
        await Store.CommitAsync(Holder, 0, Bytes("1"));
        await Store.CommitAsync(Holder, 1, Bytes("2"));
        await Store.CommitAsync(Holder, 2, Bytes("3"));

        Assert.Equal([new(Holder, 1), new(Holder, 2), new(Holder, 3)], await Store.OutgoingAsync(100));
        Assert.Equal([new(Holder, 1), new(Holder, 2)], await Store.OutgoingAsync(2));
    }

    [Fact]
    public async Task Outgoing_MoreThanTheLimit_IsDrainedPortionByPortion()
    {
        var holders = Enumerable.Range(0, 500).Select(n => new HolderId((ulong)n * 0x9e37_79b9)).ToList();
        await Task.WhenAll(holders.Select(holder => Store.CommitAsync(holder, 0, Bytes("x"))));

        var drained = new List<OutgoingEntry>();
        while (await Store.OutgoingAsync(64) is { Count: > 0 } portion)
        {
            Assert.True(portion.Count <= 64);
            drained.AddRange(portion);
            await Store.RemoveOutgoingAsync(portion);
        }

        Assert.Equal(holders.Order(HolderOrder), drained.Select(entry => entry.Holder).Order(HolderOrder));
    }

    [Fact]
    public async Task RemoveOutgoing_WrittenMeanwhile_Stays()
    {
        await Store.CommitAsync(Holder, 0, Bytes("1"));
        var seen = await Store.OutgoingAsync(100);
        await Store.CommitAsync(Holder, 1, Bytes("2"));
        await Store.CommitAsync(OtherHolder, 0, Bytes("1"));

        await Store.RemoveOutgoingAsync(seen);
        await Store.RemoveOutgoingAsync(seen);
        await Store.RemoveOutgoingAsync([]);

        var left = await Store.OutgoingAsync(100);
        Assert.Equal([new(OtherHolder, 1), new(Holder, 2)], left.OrderBy(entry => entry.Holder.Value));
    }

    private static Comparer<HolderId> HolderOrder => Comparer<HolderId>.Create((a, b) => a.Value.CompareTo(b.Value));
}

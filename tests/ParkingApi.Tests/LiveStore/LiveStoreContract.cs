using NodaTime;
using Parking.Codes;
using Parking.Events;
using Parking.Ports;
using static Parking.Api.Tests.LiveStore.Sample;

namespace Parking.Api.Tests.LiveStore;

/// <summary>
/// What every live store does, one sentence of <see cref="ILiveStore"/> after the other: timelines, spaces, pending scans. Reserving,
/// marking and the rest are in the other parts of this class.
/// </summary>
public abstract partial class LiveStoreContract : StoreTests
{
    private ILiveStore Store => Subject.Live;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Load_UnknownHolder_IsVersionZeroAndEmpty()
    {
        var loaded = await Store.LoadAsync(Holder);

        Assert.Equal(0, loaded.Version);
        Assert.True(loaded.Content.IsEmpty);
    }

    [Fact]
    public async Task Commit_ExpectedVersion_StoresTheNextWithItsBytes()
    {
        Assert.True(await Store.CommitAsync(Holder, 0, Bytes("first")));
        Assert.True(await Store.CommitAsync(Holder, 1, AllBytes()));

        var loaded = await Store.LoadAsync(Holder);
        Assert.Equal(2, loaded.Version);
        Assert.Equal(AllBytes(), loaded.Content.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Commit_OtherVersion_ChangesNothing(long expected)
    {
        await Store.CommitAsync(Holder, 0, Bytes("first"));

        Assert.False(await Store.CommitAsync(Holder, expected, Bytes("other")));

        var loaded = await Store.LoadAsync(Holder);
        Assert.Equal((1, "first"), (loaded.Version, Text(loaded.Content)));
        Assert.Equal([new OutgoingEntry(Holder, 1)], await Store.OutgoingAsync(100));
    }

    [Fact]
    public async Task Commit_VersionAheadOfNothing_ChangesNothing()
    {
        Assert.False(await Store.CommitAsync(Holder, 1, Bytes("first")));

        Assert.Equal(0, (await Store.LoadAsync(Holder)).Version);
        Assert.Empty(await Store.OutgoingAsync(100));
    }

    [Fact]
    public async Task Commit_EmptyContent_IsKeptAsSuch()
    {
        Assert.True(await Store.CommitAsync(Holder, 0, default));

        var loaded = await Store.LoadAsync(Holder);
        Assert.Equal((1, 0), (loaded.Version, loaded.Content.Length));
        Assert.True(await Store.CommitAsync(Holder, 1, Bytes("then")));
    }

    [Fact]
    public async Task Holders_ManyCommitted_AreAllThere()
    {
        HolderId[] edges = [new(0), new(1), new(long.MaxValue), new(1UL << 63), new(ulong.MaxValue)];
        HolderId[] holders = [.. edges, .. Enumerable.Range(0, 2500).Select(n => new HolderId((ulong)n * 7_919 << 40 | 0xff))];
        await Task.WhenAll(holders.Select(holder => Store.CommitAsync(holder, 0, Bytes("x"))));

        var found = await Store.HoldersAsync(Cancelled).ToHashSetAsync(cancellationToken: Cancelled);

        Assert.Equal(holders.Distinct().OrderBy(holder => holder.Value), found.OrderBy(holder => holder.Value));
    }

    [Fact]
    public async Task Abandon_Pending_ForgetsItAndItsSpace()
    {
        await Store.ReserveAsync(Facility, Pending(1), Space());

        Assert.True(await Store.AbandonAsync(Facility, Pending(1)));
        Assert.False(await Store.AbandonAsync(Facility, Pending(1)));

        Assert.Empty(await PendingAsync());
        Assert.Empty(await SpacesAsync());
        var other = await Store.ReserveAsync(Facility, Pending(1) with { Content = OtherContent }, null);
        Assert.Equal(ReservationStatus.Reserved, other.Status);
    }

    [Fact]
    public async Task Abandon_ReservedAgainSinceItWasListed_LeavesItAndItsSpace()
    {
        await Store.ReserveAsync(Facility, Pending(1), Space());
        var listed = Assert.Single(await PendingAsync());
        var again = listed with { ReservedAt = listed.ReservedAt + Duration.FromTicks(1) };
        await Store.ReserveAsync(Facility, again, Space());

        Assert.False(await Store.AbandonAsync(Facility, listed));

        Assert.Equal([again], await PendingAsync());
        Assert.Equal([true], await Store.AreTakenAsync(Facility, [Scan(1)]));
    }

    [Fact]
    public async Task Abandon_OtherHolderOrContentThanListed_LeavesIt()
    {
        await Store.ReserveAsync(Facility, Pending(1), Space());

        Assert.False(await Store.AbandonAsync(Facility, Pending(1) with { Holder = OtherHolder }));
        Assert.False(await Store.AbandonAsync(Facility, Pending(1) with { Content = OtherContent }));
        Assert.False(await Store.AbandonAsync(OtherFacility, Pending(1)));

        Assert.Equal([Pending(1)], await PendingAsync());
        Assert.Equal([true], await Store.AreTakenAsync(Facility, [Scan(1)]));
    }

    [Fact]
    public async Task Abandon_Answered_LeavesAnswerAndSpace()
    {
        await Store.ReserveAsync(Facility, Pending(1), Space());
        await Store.MarkAsync(Facility, Scan(1), Content, Bytes("open"), []);

        Assert.False(await Store.AbandonAsync(Facility, Pending(1)));

        Assert.Equal([true], await Store.AreTakenAsync(Facility, [Scan(1)]));
        Assert.Equal("open", Text((await Store.ReserveAsync(Facility, Pending(1), null)).Answer));
    }

    [Fact]
    public async Task Abandon_RestoredSpaceNeverReserved_LeavesIt()
    {
        await Store.RestoreAsync(Facility, Holder, [Scan(1)]);

        Assert.False(await Store.AbandonAsync(Facility, Pending(1)));

        Assert.Equal([true], await Store.AreTakenAsync(Facility, [Scan(1)]));
    }

    [Fact]
    public async Task GiveBack_SomeTaken_CountsThose()
    {
        await Store.RestoreAsync(Facility, Holder, [Scan(1), Scan(2)]);

        Assert.Equal(1, await Store.GiveBackAsync(Facility, [Scan(1), Scan(3)]));
        Assert.Equal(0, await Store.GiveBackAsync(Facility, [Scan(1)]));
        Assert.Equal(0, await Store.GiveBackAsync(Facility, []));
        Assert.Equal([1], await Store.CountSpacesAsync([Facility]));
    }

    [Fact]
    public async Task Restore_SomeTaken_TakesTheOthersWhateverTheCapacity()
    {
        await Store.ReserveAsync(Facility, Pending(1), Space(capacity: 1));

        Assert.Equal(2, await Store.RestoreAsync(Facility, OtherHolder, [Scan(1), Scan(2), Scan(3)]));
        Assert.Equal(0, await Store.RestoreAsync(Facility, OtherHolder, [Scan(2)]));
        Assert.Equal(0, await Store.RestoreAsync(Facility, OtherHolder, []));

        Assert.Equal([new(Scan(1), Holder), new(Scan(2), OtherHolder), new(Scan(3), OtherHolder)], await SpacesAsync());
    }

    [Fact]
    public async Task CountSpaces_SeveralFacilities_AreInTheirOrder()
    {
        await Store.RestoreAsync(Facility, Holder, [Scan(1), Scan(2)]);
        await Store.RestoreAsync(OtherFacility, Holder, [Scan(1)]);

        Assert.Equal([1, 0, 2, 1], await Store.CountSpacesAsync([OtherFacility, new("empty"), Facility, OtherFacility]));
        Assert.Empty(await Store.CountSpacesAsync([]));
    }

    [Fact]
    public async Task Spaces_ManyTaken_AreAllThere()
    {
        var spaces = Enumerable.Range(1, 2500).Select(n => Scan(n)).ToList();
        await Store.RestoreAsync(Facility, Holder, spaces);
        await Store.RestoreAsync(OtherFacility, OtherHolder, spaces);

        Assert.Equal(spaces.Select(space => new Space(space, Holder)), await SpacesAsync());
    }

    [Fact]
    public async Task AreTaken_Several_AreInTheirOrder()
    {
        await Store.RestoreAsync(Facility, Holder, [Scan(2)]);

        Assert.Equal([false, true, false], await Store.AreTakenAsync(Facility, [Scan(1), Scan(2), Scan(3)]));
        Assert.Empty(await Store.AreTakenAsync(Facility, []));
    }

    [Fact]
    public async Task Pending_SomeLater_GivesTheOthersOldestFirstUpToTheLimit()
    {
        foreach (var (seq, minute) in new[] { (1, 3), (2, 1), (3, 2), (4, 4) })
        {
            await Store.ReserveAsync(Facility, Pending(seq) with { ReservedAt = Noon + Duration.FromMinutes(minute) }, null);
        }

        var due = await Store.PendingAsync(Facility, Noon + Duration.FromMinutes(3), 100);
        var few = await Store.PendingAsync(Facility, Noon + Duration.FromMinutes(3), 2);
        var none = await Store.PendingAsync(Facility, Noon + Duration.FromMinutes(1) - Duration.FromTicks(1), 100);

        Assert.Equal([2, 3, 1], due.Select(pending => pending.Scan.Seq));
        Assert.Equal([2, 3], few.Select(pending => pending.Scan.Seq));
        Assert.Empty(none);
        Assert.Empty(await Store.PendingAsync(OtherFacility, Instant.MaxValue, 100));
    }

    [Fact]
    public async Task Ids_LongestAndShortest_ComeBackAsTheyWere()
    {
        var facility = new Parking.Facilities.FacilityId(new string('a', 32));
        GateEventId[] scans =
        [
            new(new(new string('z', 32)), new(ulong.MaxValue), GateProtocol.EventSequence.Max),
            new(new("0"), new(0), GateProtocol.EventSequence.First),
            new(new("a-b"), new(0x2f2f_2f2f_0000_0a0d), 47),
        ];
        foreach (var scan in scans)
        {
            await Store.ReserveAsync(facility, Pending(scan), Space());
        }

        var pending = await Store.PendingAsync(facility, Noon, 100);
        var spaces = await Store.SpacesAsync(facility, Cancelled).ToListAsync(Cancelled);

        Assert.Equal(scans.Order(), pending.Select(scan => scan.Scan).Order());
        Assert.Equal(scans.Order(), spaces.Select(space => space.Scan).Order());
    }

    private Task<IReadOnlyList<PendingEvent>> PendingAsync() => Store.PendingAsync(Facility, Instant.MaxValue, 1000);

    private async Task<IReadOnlyList<Space>> SpacesAsync() =>
        [.. (await Store.SpacesAsync(Facility, Cancelled).ToHashSetAsync(cancellationToken: Cancelled)).OrderBy(space => space.Scan)];
}

using NodaTime;
using Parking.Ports;
using static Parking.Api.Tests.LiveStore.Sample;
using FacilityId = Parking.Facilities.FacilityId;
using GateId = Parking.Facilities.GateId;

namespace Parking.Api.Tests.LiveStore;

/// <summary>A facility's own facts: its log, its gates' signs of life, whether it is closed; and the life of the store.</summary>
public abstract partial class LiveStoreContract
{
    private static readonly GateId OtherGate = new("harbour-north-out-1");
    private static readonly GateBeat Beat = new(Journal, 47, 12);

    [Fact]
    public async Task LoadLog_Unknown_IsVersionZeroAndEmpty()
    {
        var loaded = await Store.LoadLogAsync(Facility);

        Assert.Equal((0, 0), (loaded.Version, loaded.Content.Length));
    }

    [Fact]
    public async Task CommitLog_ExpectedVersion_StoresTheNextOfThatFacilityAlone()
    {
        Assert.True(await Store.CommitLogAsync(Facility, 0, Bytes("first")));
        Assert.True(await Store.CommitLogAsync(Facility, 1, AllBytes()));

        var loaded = await Store.LoadLogAsync(Facility);
        Assert.Equal(2, loaded.Version);
        Assert.Equal(AllBytes(), loaded.Content.ToArray());
        Assert.Equal(0, (await Store.LoadLogAsync(OtherFacility)).Version);
        Assert.Empty(await Store.OutgoingAsync(10));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task CommitLog_OtherVersion_ChangesNothing(long expected)
    {
        await Store.CommitLogAsync(Facility, 0, Bytes("first"));

        Assert.False(await Store.CommitLogAsync(Facility, expected, Bytes("other")));

        var loaded = await Store.LoadLogAsync(Facility);
        Assert.Equal((1, "first"), (loaded.Version, Text(loaded.Content)));
    }

    [Fact]
    public async Task CommitLog_ManyAtOnce_OneSucceedsForEachVersion()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => Store.CommitLogAsync(Facility, 0, Bytes($"{n}"))));

        Assert.Single(outcomes, won => won);
        Assert.Equal(1, (await Store.LoadLogAsync(Facility)).Version);
    }

    [Fact]
    public async Task Acknowledged_SeveralJournals_AreInTheirOrder()
    {
        await MarkAsync(1, "open");
        await MarkAsync(2, "open");
        await MarkAsync(4, "open");
        await Store.AcknowledgeAsync(Facility, OtherGate, Journal, [1, 2, 3]);

        Assert.Equal(
            [3, 0, 2, 0],
            await Store.AcknowledgedAsync(
                Facility, [new(OtherGate, Journal), new(Gate, new(7)), new(Gate, Journal), new(new("unheard-of"), Journal)]));
        Assert.Equal([0], await Store.AcknowledgedAsync(OtherFacility, [new(Gate, Journal)]));
        Assert.Empty(await Store.AcknowledgedAsync(Facility, []));
    }

    [Fact]
    public async Task Glance_OfNothing_IsEmptyAndOpen()
    {
        var glance = Assert.Single(await Store.GlanceAsync([Facility]));

        Assert.Equal((0, false, 0), (glance.Spaces, glance.IsClosed, glance.LogVersion));
        Assert.Empty(glance.Heard);
        Assert.Empty(await Store.GlanceAsync([]));
    }

    [Fact]
    public async Task Glance_SeveralFacilities_AreInTheirOrder()
    {
        await Store.RestoreAsync(Facility, Holder, [Scan(1), Scan(2)]);
        await Store.CommitLogAsync(OtherFacility, 0, Bytes("log"));
        await Store.SetClosedAsync(OtherFacility, true);

        var glances = await Store.GlanceAsync([OtherFacility, new("empty"), Facility, OtherFacility]);

        Assert.Equal(
            [(0, true, 1), (0, false, 0), (2, false, 0), (0, true, 1)],
            glances.Select(glance => (glance.Spaces, glance.IsClosed, glance.LogVersion)));
    }

    [Fact]
    public async Task Glance_OfAWholeCity_SeesEveryFacility()
    {
        var facilities = Enumerable.Range(0, 300).Select(n => new FacilityId($"facility-{n}")).ToList();
        await Task.WhenAll(facilities.Where((_, n) => n % 3 == 0).Select(facility => Store.SetClosedAsync(facility, true)));

        var glances = await Store.GlanceAsync(facilities);

        Assert.Equal(Enumerable.Range(0, 300).Select(n => n % 3 == 0), glances.Select(glance => glance.IsClosed));
    }

    [Fact]
    public async Task SetClosed_AndOpenedAgain_IsSeenEachTime()
    {
        foreach (var isClosed in new[] { true, true, false, false, true })
        {
            await Store.SetClosedAsync(Facility, isClosed);

            Assert.Equal(isClosed, Assert.Single(await Store.GlanceAsync([Facility])).IsClosed);
        }
    }

    [Fact]
    public async Task Sequence_GoesUpWithEachChange_AndOnlyThen()
    {
        List<long> sequences = [];
        foreach (var change in (Func<Task>[])[
            () => Store.RestoreAsync(Facility, Holder, [Scan(1), Scan(2)]),
            () => Store.RestoreAsync(Facility, Holder, [Scan(1)]),
            () => Store.GiveBackAsync(Facility, [Scan(1), Scan(3)]),
            () => Store.CommitLogAsync(Facility, 0, Bytes("log")),
            () => Store.CommitLogAsync(Facility, 0, Bytes("too late")),
            () => Store.SetClosedAsync(Facility, true),
            () => Store.SetClosedAsync(Facility, true),
            () => Store.SetClosedAsync(Facility, false),
            () => Store.HearAsync(Facility, [new(Gate, Noon, Beat)])])
        {
            await change();
            sequences.Add(Assert.Single(await Store.GlanceAsync([Facility])).Sequence);
        }

        Assert.Equal([2, 2, 3, 4, 4, 5, 5, 6, 6], sequences);
        Assert.Equal(0, Assert.Single(await Store.GlanceAsync([OtherFacility])).Sequence);
    }

    [Fact]
    public async Task Hear_ReplacesTheSignBefore_AndKeepsTheLastHeartbeat()
    {
        await Store.HearAsync(Facility, [new(Gate, Noon, null)]);
        Assert.Equal([new(Gate, Noon, null)], await HeardAsync());

        await Store.HearAsync(Facility, [new(Gate, Noon + Duration.FromSeconds(1), Beat)]);
        Assert.Equal([new(Gate, Noon + Duration.FromSeconds(1), Beat)], await HeardAsync());

        // An older stamp, as from an instance whose clock is behind. It is still the newest sign of life.
        await Store.HearAsync(Facility, [new(Gate, Noon - Duration.FromSeconds(30), null)]);
        Assert.Equal([new(Gate, Noon - Duration.FromSeconds(30), Beat)], await HeardAsync());
    }

    [Fact]
    public async Task Hear_SeveralGates_AreToldApart()
    {
        var edge = new HeardGate(new(new string('z', 32)), Noon, new(new(ulong.MaxValue), GateProtocol.EventSequence.Max, 0));
        await Store.HearAsync(Facility, [edge, new(OtherGate, Noon, null)]);
        await Store.HearAsync(OtherFacility, [new(Gate, Noon, Beat)]);
        await Store.SetClosedAsync(Facility, true);

        Assert.Equal([new(OtherGate, Noon, null), edge], await HeardAsync());
    }

    [Fact]
    public async Task Restart_OfTheStore_KeepsWhatAFacilityHas()
    {
        await Store.CommitLogAsync(Facility, 0, AllBytes());
        await Store.SetClosedAsync(Facility, true);
        await Store.HearAsync(Facility, [new(Gate, Noon, Beat)]);

        await Subject.RestartAsync();

        var glance = Assert.Single(await RecoveredAsync(() => Store.GlanceAsync([Facility])));
        Assert.Equal((true, 1), (glance.IsClosed, glance.LogVersion));
        Assert.Equal([new(Gate, Noon, Beat)], glance.Heard);
        Assert.Equal(AllBytes(), (await Store.LoadLogAsync(Facility)).Content.ToArray());
    }

    private async Task<IReadOnlyList<HeardGate>> HeardAsync() =>
        [.. Assert.Single(await Store.GlanceAsync([Facility])).Heard.OrderBy(heard => heard.Gate.Value, StringComparer.Ordinal)];
}

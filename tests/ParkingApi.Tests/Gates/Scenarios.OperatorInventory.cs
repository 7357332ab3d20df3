using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using NodaTime.Extensions;
using Parking.Admission;
using Parking.Api.Tests.Commands;
using Parking.Codes;
using Parking.Timelines;

namespace Parking.Api.Tests.Gates;

/// <summary>What an operator found who walked through a facility and looked.</summary>
public abstract partial class Scenarios
{
    [Fact]
    public async Task OperatorsInventory_ClosesAGhostAtTheTimeOfTheCount_OnceHoweverOftenItIsRecorded()
    {
        var entry = await Tell.LiveAsync("small-in-0", 0);
        await Tell.LiveAsync("small-in-1", 1, new HolderId(7));
        Tell.At(60);
        var inventory = Found("small", 12, [entry.Stay]);
        Tell.At(65);

        var first = await World.Inventories.RecordAsync(inventory);
        var again = await World.Inventories.RecordAsync(inventory);

        Assert.Equal((InventoryOutcome.Recorded, InventoryOutcome.Recorded), (first.Outcome, again.Outcome));
        Assert.True(await World.Inventories.IsRecordedAsync(inventory));
        Assert.Equal([InventoryEffect.Closes], await EffectsAsync(inventory));
        Assert.Equal(["small 0-60 Inventory Uncollectable no fee"], await Tell.StaysAsync());
        Assert.Equal((1, 12, 1), await CountedAsync("small"));
    }

    [Fact]
    public async Task OperatorsInventory_OfAVehicleThatLeavesAfterAll_TheExitEndsTheStay()
    {
        var entry = await Tell.LiveAsync("small-in-0", 0);
        Tell.At(60);
        var inventory = Found("small", null, [entry.Stay]);
        await World.Inventories.RecordAsync(inventory);

        await Tell.LiveAsync("small-out-0", 65);

        Assert.Equal([InventoryEffect.HasEnded], await EffectsAsync(inventory));
        Assert.Equal(["small 0-65 Exited Settled 2500"], await Tell.StaysAsync());
    }

    /// <summary>While the operator walks back, one exit names another vehicle, and a colleague closes the other stay.</summary>
    [Fact]
    public async Task OperatorsInventory_OfStaysThatEndedSinceTheCount_LeavesThemAsTheyAre()
    {
        var other = new HolderId(7);
        Tell.At(0);
        var left = await Tell.PassAsync("small-in-0", Scene.Driver, World.Mint(Scene.Driver, 1));
        var closed = await Tell.PassAsync("small-in-1", other);
        Tell.At(35);
        var inventory = Found("small", null, [left.Stay, closed.Stay]);
        Tell.At(60);
        await Tell.PassAsync("small-out-0", Scene.Driver, World.Mint(Scene.Driver, 2));
        await new StayClosing(Subject.Live, World.Names, World.Audit, World.Time.ToClock(), NullLogger<StayClosing>.Instance)
            .CloseAsync(CodeId.Parse(closed.Stay), "li-na");
        var (ofDriver, ofOther) = (await Tell.StaysAsync(), await Tell.StaysAsync(other));
        Tell.At(65);

        await World.Inventories.RecordAsync(inventory);
        await World.Inventories.RecordAsync(inventory);

        Assert.Equal(["small 0-60 Exited Conflicting 1500 OtherVehicle"], ofDriver);
        Assert.Equal(["small 0-60 Inventory Uncollectable no fee"], ofOther);
        Assert.Equal(ofDriver, await Tell.StaysAsync());
        Assert.Equal(ofOther, await Tell.StaysAsync(other));
        Assert.Equal([InventoryEffect.HasEnded, InventoryEffect.HasEnded], await EffectsAsync(inventory));
    }

    [Fact]
    public async Task OperatorsInventory_LooksAtStays_WithoutChangingThem()
    {
        var parked = await Tell.LiveAsync("small-in-0", 0);
        var left = await Tell.LiveAsync("small-in-1", 0, new HolderId(7));
        var elsewhere = await Tell.LiveAsync("large-in-0", 0, new HolderId(8));
        await Tell.LiveAsync("small-out-0", 50, new HolderId(7));
        Tell.At(60);
        var countedAt = World.Now;
        var later = await Tell.LiveAsync("small-in-2", 62, new HolderId(9));
        var inventory = Found(
            "small", 3, [parked.Stay, left.Stay, elsewhere.Stay, later.Stay, "0123456789abcdef0123456789abcdef"], countedAt);

        var effects = await EffectsAsync(inventory with { Name = null });

        Assert.Equal(
            [
                InventoryEffect.Closes, InventoryEffect.HasEnded, InventoryEffect.NotHere, InventoryEffect.BeganAfterCount,
                InventoryEffect.NotHere,
            ],
            effects);
        Assert.False(await World.Inventories.IsRecordedAsync(inventory));
        Assert.Equal(["small 0- Open Settled no fee"], await Tell.StaysAsync());
        Assert.Equal(2, await World.OccupancyAsync("small"));
    }

    [Fact]
    public async Task OperatorsInventories_OfOneName_TheFirstCounts_EvenIfItWasCutShort()
    {
        var other = new HolderId(7);
        var stays = new[] { (await Tell.LiveAsync("small-in-0", 0)).Stay, (await Tell.LiveAsync("small-in-1", 0, other)).Stay };
        var store = new CrashingStore(Subject.Live);
        var world = new GateWorld(store, Subject.Holders);
        var first = Found("small", null, stays[..1]);
        var second = Found("small", null, stays);

        // Bound, committed, its space given back: then the process dies.
        store.CrashAt(step: 2, isCarriedOut: true);
        await Assert.ThrowsAsync<CrashException>(() => world.Inventories.RecordAsync(first));
        store.Recover();
        World.Time.Advance(StaySweep.PendingPatience.ToTimeSpan());
        await World.Sweep.SweepAsync(TestContext.Current.CancellationToken);

        Assert.False(await World.Inventories.IsRecordedAsync(first));
        Assert.Equal([InventoryEffect.Closes], await EffectsAsync(first));
        Assert.Equal(InventoryOutcome.Conflict, (await World.Inventories.RecordAsync(second)).Outcome);
        Assert.Equal(InventoryOutcome.Recorded, (await World.Inventories.RecordAsync(first)).Outcome);
        Assert.Equal(["small 0- Open Settled no fee"], await Tell.StaysAsync(other));
        Assert.Equal(["small 0-0 Inventory Uncollectable no fee"], await Tell.StaysAsync());
    }

    [Fact]
    public async Task OperatorsInventory_IsNoEventOfAGate_WhenSpacesAreRebuilt()
    {
        var entry = await Tell.LiveAsync("small-in-0", 0);
        Tell.At(60);
        await World.Inventories.RecordAsync(Found("small", 0, [entry.Stay]));

        var rebuilt = await World.Audit.RebuildAsync(
            new HashSet<Parking.Facilities.FacilityId> { new("small") }, TestContext.Current.CancellationToken);

        Assert.Equal(new(0, 0, 0), rebuilt);
        Assert.Equal((0, 0, 0), await CountedAsync("small"));
    }

    /// <summary>
    /// The vehicle that was not found comes in, or leaves, while the inventory is recorded, and somebody records it a second time.
    /// </summary>
    [Theory]
    [InlineData("small-in-1", 1)]
    [InlineData("small-out-1", 0)]
    public async Task OperatorsInventory_BesideAPassageOfItsVehicle_LeavesSpacesAndStaysInOrder(string gate, int open)
    {
        for (ulong round = 1; round <= (ulong)Depth.Rounds; round++)
        {
            var driver = new HolderId(round);
            var entry = await Tell.PassAsync("small-in-0", driver);
            World.Time.Advance(TimeSpan.FromMinutes(30));
            var inventory = Found("small", 0, [entry.Stay], n: (int)round);

            await AtOnceAsync<object>(3, async n => n == 0
                ? await World.PostAsync(gate, World.Shown(gate, World.Mint(driver)))
                : await World.Inventories.RecordAsync(inventory));

            Assert.Equal(open, (await World.TimelineAsync(driver)).Stays.Count(stay => stay.IsOpen));
            Assert.Single((await World.TimelineAsync(driver)).Events.OfType<Parking.Events.InventoryEvent>());
            Assert.Contains((await World.Inventories.LookAsync(inventory))[0].Stay!.Ending, gate == "small-in-1"
                ? [StayEnding.Inventory, StayEnding.MissedExit]
                : new[] { StayEnding.Exited });
            await World.AssertSpacesAreTheOpenStaysAsync();
            await World.AssertNothingPendingAsync();
            await World.DriveAsync("small-out-2", driver);
        }
    }

    /// <summary>Two operators counted at the same moment, and each missed another vehicle.</summary>
    [Fact]
    public async Task OperatorsInventories_OfTheSameTime_OneIsRecorded_AndOfTheOtherNothingIsDone()
    {
        for (ulong round = 1; round <= (ulong)Depth.Rounds; round++)
        {
            var drivers = new HolderId[] { new(2 * round), new((2 * round) + 1) };
            var stays = new[] { await Tell.PassAsync("small-in-0", drivers[0]), await Tell.PassAsync("small-in-1", drivers[1]) };
            World.Time.Advance(TimeSpan.FromMinutes(30));
            var inventories = stays.Select((stay, n) => Found("small", n + 5, [stay.Stay], n: n)).ToList();

            var outcomes = await AtOnceAsync(4, n => World.Inventories.RecordAsync(inventories[n % 2]));

            var first = outcomes[0].Outcome == InventoryOutcome.Recorded ? 0 : 1;
            var outdated = new InventoryRecording(InventoryOutcome.Outdated, World.Now);
            Assert.Equal(outcomes[..2], outcomes[2..]);
            Assert.Equal((new(InventoryOutcome.Recorded), outdated), (outcomes[first], outcomes[1 - first]));
            Assert.Equal(outcomes[0], await World.Inventories.RecordAsync(inventories[0]));
            Assert.Equal(outcomes[1], await World.Inventories.RecordAsync(inventories[1]));
            Assert.Equal(first == 0 ? [0, 1] : [1, 0], await OpenAsync(drivers));
            var counted = (await LogOfAsync("small")).Numbers.LastCount!;
            Assert.Equal((World.Now, first + 5, 1), (counted.OccurredAt, counted.Count, counted.OpenStays));
            await World.AssertNothingPendingAsync();
            await World.DriveAsync("small-out-2", drivers[1 - first]);
        }

        async Task<int[]> OpenAsync(HolderId[] drivers) =>
            await Task.WhenAll(drivers.Select(async driver => (await World.TimelineAsync(driver)).Stays.Count(stay => stay.IsOpen)));
    }

    private OperatorInventory Found(
        string facility, int? count, IReadOnlyList<string> closes, Instant? countedAt = null, int n = 0) => new(
        World.City.FindFacility(new(facility))!,
        Ulids.At(World.Now, n),
        countedAt ?? World.Now,
        count,
        [.. closes.Select(name => CodeId.Parse(name))]);

    private async Task<IEnumerable<InventoryEffect>> EffectsAsync(OperatorInventory inventory) =>
        (await World.Inventories.LookAsync(inventory)).Select(named => named.Effect);

    /// <summary>How many stays are open; what was counted last, and how many were open then.</summary>
    private async Task<(int Open, int? Count, int? OpenStays)> CountedAsync(string facility)
    {
        var log = await LogOfAsync(facility);
        var count = Assert.Single(log.Entries, entry => entry.Kind == Parking.Logbook.LogEntryKind.Counted);
        return (await World.OccupancyAsync(facility), count.Count, count.OpenStays);
    }
    private async Task<Parking.Logbook.FacilityLog> LogOfAsync(string facility) =>
        Parking.Logbook.FacilityLogCodec.Decode((await Subject.Live.LoadLogAsync(new(facility))).Content);
}

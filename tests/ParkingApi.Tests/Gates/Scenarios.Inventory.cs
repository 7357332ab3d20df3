using Parking.Admission;
using Parking.Codes;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Gates;

/// <summary>What somebody found who walked through a facility and looked.</summary>
public abstract partial class Scenarios
{
    [Fact]
    public async Task Inventory_ClosesAGhost_AndItsSpaceIsFree()
    {
        var entry = await Tell.LiveAsync("small-in-0", 0);

        await Tell.InventoryAsync("small-out-0", 60, entry.Stay);

        Assert.Equal(["small 0-60 Inventory Uncollectable no fee"], await Tell.StaysAsync());
        Assert.Equal(0, await World.OccupancyAsync("small"));
    }

    [Fact]
    public async Task Inventory_ClosedAVehicleThatThenLeaves_TheExitEndsTheStayAfterAll()
    {
        var entry = await Tell.LiveAsync("small-in-0", 0);
        await Tell.InventoryAsync("small-out-0", 60, entry.Stay);

        var exit = await Tell.LiveAsync("small-out-0", 65);

        Assert.Equal((ScanReason.Exited, 2500, entry.Stay), (exit.Reason, exit.Answer!.Fee!.Total, exit.Stay));
        Assert.Equal(["small 0-65 Exited Settled 2500"], await Tell.StaysAsync());
        Assert.Equal(0, await World.OccupancyAsync("small"));
    }

    [Fact]
    public async Task Inventory_ClosedAVehicleThatHadLeftBefore_TheLateExitEndsTheStay()
    {
        var entry = await Tell.LiveAsync("small-in-0", 0);
        var exit = Tell.Alone("small-out-0", 65);
        await Tell.InventoryAsync("small-out-1", 90, entry.Stay);

        await Tell.ReportAsync(exit);

        Assert.Equal(["small 0-65 Exited Settled 2500"], await Tell.StaysAsync());
        Assert.Equal(0, await World.OccupancyAsync("small"));
    }

    [Fact]
    public async Task TwoInventories_UnderOneNumber_TheFirstCounts_EvenIfItWasCutShort()
    {
        var other = new HolderId(7);
        var stays = new[] { (await Tell.LiveAsync("small-in-0", 0)).Stay, (await Tell.LiveAsync("small-in-1", 0, other)).Stay };
        var store = new CrashingStore(Subject.Live);
        var world = new GateWorld(store, Subject.Holders);
        var first = new ReportedInventory { Seq = World.NextSeq("small-in-0"), DeviceTime = World.Now, Closes = [stays[0]] };
        var second = first with { Closes = stays };

        // Bound, committed, its space given back: then the process dies.
        store.CrashAt(step: 2, isCarriedOut: true);
        await Assert.ThrowsAsync<CrashException>(() => world.PostAsync("small-in-0", first));
        store.Recover();
        World.Time.Advance(StaySweep.PendingPatience.ToTimeSpan());
        await World.Sweep.SweepAsync(TestContext.Current.CancellationToken);

        Assert.Equal(EventOutcome.Conflict, (await World.PostAsync("small-in-0", second)).Outcome);
        Assert.Equal(EventOutcome.Recorded, (await World.PostAsync("small-in-0", first)).Outcome);
        Assert.Equal(["small 0- Open Settled no fee"], await Tell.StaysAsync(other));
        Assert.Equal(["small 0-0 Inventory Uncollectable no fee"], await Tell.StaysAsync());
    }

    [Fact]
    public async Task Inventory_OfAStayThatIsNotThere_ChangesNothing()
    {
        var entry = await Tell.LiveAsync("small-in-0", 0);

        await Tell.InventoryAsync(
            "small-out-0",
            60,
            "0123456789abcdef0123456789abcdef",
            World.Names.NameOf(Scene.Driver, VehicleSlot.None, new(new("small-in-0"), GateWorld.Journal, 77)).ToString());
        await Tell.InventoryAsync("large-out-0", 61, entry.Stay);

        Assert.Equal(["small 0- Open Settled no fee"], await Tell.StaysAsync());
        Assert.Equal(1, await World.OccupancyAsync("small"));
    }

    [Fact]
    public async Task Inventory_ThatArrivesBeforeTheEntryItCloses_ClosesIt()
    {
        await Tell.LiveAsync("small-out-0", 0);
        var entry = Tell.Alone("small-in-0", 5);
        var name = World.Names.NameOf(Scene.Driver, VehicleSlot.None, new(new("small-in-0"), GateWorld.Journal, entry.Scan.Seq)).ToString();
        await Tell.InventoryAsync("small-out-1", 60, name);

        await Tell.ReportAsync(entry);

        Assert.Equal(["small -0 MissedEntry Uncollectable no fee", "small 5-60 Inventory Uncollectable no fee"], await Tell.StaysAsync());
        Assert.Equal(0, await World.OccupancyAsync("small"));
    }
}

using Parking.GateProtocol;

namespace Parking.Api.Tests.Gates;

/// <summary>
/// Everything that can go wrong between a car and the books, on every store: each test is one story, and what is left of it. docs/stays.md
/// tells the same stories.
/// </summary>
public abstract partial class Scenarios : GateWorldTests
{
    private Scene? _scene;

    private Scene Tell => _scene ??= new(World);

    [Fact]
    public async Task MissedEntry_TheDriverIsLetOut_AndNothingCanBeCollected()
    {
        Assert.Equal(ScanReason.MissedEntry, (await Tell.LiveAsync("small-out-0", 5)).Reason);

        Assert.Equal(["small -5 MissedEntry Uncollectable no fee"], await Tell.StaysAsync());
        Assert.Equal(0, await World.OccupancyAsync("small"));
    }

    [Fact]
    public async Task MissedExit_TheNextEntryShowsIt_AndTheOldSpaceIsFree()
    {
        await Tell.LiveAsync("small-in-0", 0);

        Assert.Equal(ScanReason.EnteredAfterMissedExit, (await Tell.LiveAsync("small-in-0", 60)).Reason);

        Assert.Equal(["small 0-60 MissedExit Uncollectable no fee", "small 60- Open Settled no fee"], await Tell.StaysAsync());
        Assert.Equal(1, await World.OccupancyAsync("small"));
    }

    [Fact]
    public async Task MissedExit_ThatArrivesAfterTheNextEntry_IsTheExitAfterAll()
    {
        await Tell.LiveAsync("small-in-0", 0);
        var exit = Tell.Alone("small-out-0", 65);
        await Tell.LiveAsync("small-in-0", 120);

        await Tell.ReportAsync(exit);

        Assert.Equal(["small 0-65 Exited Settled 2500", "small 120- Open Settled no fee"], await Tell.StaysAsync());
        Assert.Equal(1, await World.OccupancyAsync("small"));
    }

    [Fact]
    public async Task DoubleEntry_WithinTenMinutes_IsRefused()
    {
        await Tell.LiveAsync("small-in-0", 0);

        Assert.Equal(ScanReason.AlreadyParked, (await Tell.LiveAsync("small-in-1", 2)).Reason);

        Assert.Equal(["small 0- Open Settled no fee"], await Tell.StaysAsync());
        Assert.Equal(1, await World.OccupancyAsync("small"));
    }

    [Fact]
    public async Task DoubleEntry_AtGatesThatWereAlone_IsAMissedExit()
    {
        Tell.At(60);
        await Tell.ReportAsync(Tell.Alone("small-in-1", 2));
        await Tell.ReportAsync(Tell.Alone("small-in-0", 0));

        Assert.Equal(["small 0-2 MissedExit Uncollectable no fee", "small 2- Open Settled no fee"], await Tell.StaysAsync());
        Assert.Equal(1, await World.OccupancyAsync("small"));
    }

    [Fact]
    public async Task NegativeStay_TheExitsClockIsBehindTheEntrys_IsTwoStaysAndNeverAFee()
    {
        Tell.At(60);
        await Tell.ReportAsync(Tell.Alone("small-in-0", 10));
        await Tell.ReportAsync(Tell.Alone("small-out-0", 5));

        Assert.Equal(["small -5 MissedEntry Uncollectable no fee", "small 10- Open Settled no fee"], await Tell.StaysAsync());
        Assert.Equal(1, await World.OccupancyAsync("small"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ZeroStay_InAndOutAtTheSameInstant_IsOneStayThatIsFree(bool exitArrivesFirst)
    {
        var (entry, exit) = (Tell.Alone("small-in-0", 7), Tell.Alone("small-out-0", 7));
        Tell.At(60);
        await Tell.ReportAsync(exitArrivesFirst ? exit : entry);
        await Tell.ReportAsync(exitArrivesFirst ? entry : exit);

        Assert.Equal(["small 7-7 Exited Settled 0"], await Tell.StaysAsync());
        Assert.Equal(0, await World.OccupancyAsync("small"));
    }

    [Fact]
    public async Task OutAndInAgain_InTheSameMinute_IsTwoStays()
    {
        await Tell.LiveAsync("small-in-0", 0);
        Assert.Equal(ScanReason.Exited, (await Tell.LiveAsync("small-out-0", 65)).Reason);
        Assert.Equal(ScanReason.Entered, (await Tell.LiveAsync("small-in-0", 65)).Reason);

        Assert.Equal(["small 0-65 Exited Settled 2500", "small 65- Open Settled no fee"], await Tell.StaysAsync());
        Assert.Equal(1, await World.OccupancyAsync("small"));
    }

    [Fact]
    public async Task ExitThatArrivesBeforeItsEntry_IsAmendedToOneStay_UnderTheEntrysName()
    {
        var entry = Tell.Alone("small-in-0", 0);
        var exit = await Tell.LiveAsync("small-out-0", 65);
        Assert.Equal([exit.Stay], await Tell.NamesAsync());

        var reported = await Tell.ReportAsync(entry);

        Assert.Equal((ScanReason.MissedEntry, ScanReason.OpenedOffline), (exit.Reason, reported.Reason));
        Assert.Equal(["small 0-65 Exited Settled 2500"], await Tell.StaysAsync());
        Assert.Equal([reported.Stay], await Tell.NamesAsync());
        Assert.NotEqual(exit.Stay, reported.Stay);
        Assert.Equal(0, await World.OccupancyAsync("small"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TwoGatesAloneAtOnce_WhicheverReportsFirst_IsOneStay(bool exitFirst)
    {
        var (entry, exit) = (Tell.Alone("small-in-0", 0), Tell.Alone("small-out-0", 65));
        Tell.At(1000);
        await Tell.ReportAsync(exitFirst ? exit : entry);
        await Tell.ReportAsync(exitFirst ? entry : exit);

        Assert.Equal(["small 0-65 Exited Settled 2500"], await Tell.StaysAsync());
        Assert.Equal(0, await World.OccupancyAsync("small"));
    }

    [Fact]
    public async Task OneCodeAtTwoGatesThatWereAlone_BothEntries_IsAConflict()
    {
        var code = World.Mint(Scene.Driver);
        Tell.At(60);
        await Tell.ReportAsync(Tell.Alone("small-in-0", 0, code: code));
        await Tell.ReportAsync(Tell.Alone("small-in-1", 1, code: code));

        Assert.Equal(
            ["small 0-1 MissedExit Conflicting no fee CodeUsedTwice", "small 1- Open Conflicting no fee CodeUsedTwice"],
            await Tell.StaysAsync());
        Assert.Equal(1, await World.OccupancyAsync("small"));
    }

    [Fact]
    public async Task OneCodeAtTwoGatesThatWereAlone_EntryAndExit_IsOneStayInConflict()
    {
        var code = World.Mint(Scene.Driver);
        Tell.At(60);
        await Tell.ReportAsync(Tell.Alone("small-in-0", 0, code: code));
        await Tell.ReportAsync(Tell.Alone("small-out-0", 1, code: code));

        Assert.Equal(["small 0-1 Exited Conflicting 0 CodeUsedTwice"], await Tell.StaysAsync());
        Assert.Equal(0, await World.OccupancyAsync("small"));
    }

    [Fact]
    public async Task OneCodeAtTwoGatesThatWereAlone_BothExits_IsAConflict()
    {
        await Tell.LiveAsync("small-in-0", 0);
        var code = World.Mint(Scene.Driver);
        Tell.At(100);
        await Tell.ReportAsync(Tell.Alone("small-out-0", 65, code: code));
        await Tell.ReportAsync(Tell.Alone("small-out-1", 66, code: code));

        Assert.Equal(
            ["small 0-65 Exited Conflicting 2500 CodeUsedTwice", "small -66 MissedEntry Conflicting no fee CodeUsedTwice"],
            await Tell.StaysAsync());
        Assert.Equal(0, await World.OccupancyAsync("small"));
    }

    [Fact]
    public async Task OneCodeAtTwoFacilitiesThatWereAlone_TheExitOfTheFirst_EndsItThoughTheSecondIsOver()
    {
        var code = World.Mint(Scene.Driver);
        Tell.At(100);
        await Tell.ReportAsync(Tell.Alone("small-in-0", 0, code: code));
        await Tell.ReportAsync(Tell.Alone("large-in-0", 5, code: code));
        await Tell.ReportAsync(Tell.Alone("large-out-0", 60));
        await Tell.ReportAsync(Tell.Alone("small-out-0", 65));

        Assert.Equal(
            ["small 0-65 Exited Conflicting 2500 TwoPlaces, CodeUsedTwice", "large 5-60 Exited Conflicting 1500 TwoPlaces, CodeUsedTwice"],
            await Tell.StaysAsync());
        Assert.Equal((0, 0), (await World.OccupancyAsync("small"), await World.OccupancyAsync("large")));
    }

    [Fact]
    public async Task OneVehicleAtTwoFacilitiesAtOnce_BothStaysAreInConflict_AndBothHaveTheirExits()
    {
        Tell.At(100);
        await Tell.ReportAsync(Tell.Alone("small-in-0", 0));
        await Tell.ReportAsync(Tell.Alone("large-in-0", 5));
        await Tell.ReportAsync(Tell.Alone("small-out-0", 65));
        await Tell.ReportAsync(Tell.Alone("large-out-0", 70));

        Assert.Equal(
            ["small 0-65 Exited Conflicting 2500 TwoPlaces", "large 5-70 Exited Conflicting 2500 TwoPlaces"],
            await Tell.StaysAsync());
        Assert.Equal((0, 0), (await World.OccupancyAsync("small"), await World.OccupancyAsync("large")));
    }

    [Fact]
    public async Task EntriesBeyondAnEnforcedCapacity_AreCounted_AndLeaveNothingNegative()
    {
        await Tell.FillAsync("small-in-0", GateWorld.SmallCapacity);
        Tell.At(5);
        await Tell.ReportAsync(Tell.Alone("small-in-1", 4));

        Assert.Equal(GateWorld.SmallCapacity + 1, await World.OccupancyAsync("small"));
        Assert.Equal(ScanReason.Full, (await Tell.LiveAsync("small-in-2", 6, new(99))).Reason);
        await Tell.LiveAsync("small-out-0", 7);
        Assert.Equal(ScanReason.Full, (await Tell.LiveAsync("small-in-2", 8, new(99))).Reason);
        for (var n = 1; n <= GateWorld.SmallCapacity; n++)
        {
            await Tell.LiveAsync("small-out-0", 70, new((ulong)n));
        }

        await Tell.LiveAsync("small-out-0", 71);
        Assert.Equal(0, await World.OccupancyAsync("small"));
        Assert.Equal(["small 4-7 Exited Settled 0", "small -71 MissedEntry Uncollectable no fee"], await Tell.StaysAsync());
    }
}

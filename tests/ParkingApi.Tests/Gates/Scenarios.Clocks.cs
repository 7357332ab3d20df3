using NodaTime;
using Parking.GateProtocol;
using Parking.Timelines;

namespace Parking.Api.Tests.Gates;

/// <summary>Gates whose clock is wrong, and that are cut off: nobody tells them the time, and their reports prove only bounds.</summary>
public abstract partial class Scenarios
{
    private static readonly BarrierAct[] ByHand = [BarrierAct.StayedShut, BarrierAct.OpenedByHand, BarrierAct.Passed];

    [Fact]
    public async Task DeadClockAtTheEntry_APersonOpened_TheStayBeginsWhenTheGateReported_AndAPersonLooks()
    {
        var entry = Tell.AtDeadClock("small-in-0", 10);
        Tell.At(70);
        await Tell.ReportAsync(entry, acts: ByHand);

        Assert.Equal(["small 70(10)- Open Conflicting no fee EntryTime"], await Tell.StaysAsync());

        await Tell.LiveAsync("small-out-0", 135);

        Assert.Equal(["small 70(10)-135 Exited Conflicting 2500 EntryTime"], await Tell.StaysAsync());
    }

    [Fact]
    public async Task DeadClockAtTheEntry_ReportedAfterTheExit_TheStayIsWhole_AndNotLongerThanTheExitAllows()
    {
        var entry = Tell.AtDeadClock("small-in-0", 10);
        await Tell.LiveAsync("small-out-0", 75);

        Tell.At(600);
        await Tell.ReportAsync(entry, acts: ByHand);

        Assert.Equal(["small 75(10)-75 Exited Conflicting 0 EntryTime"], await Tell.StaysAsync());
        Assert.Equal(0, await World.OccupancyAsync("small"));
    }

    [Fact]
    public async Task DeadClockAtTheExit_APersonOpened_TheStayEndsWhenTheCodeWasIssued_AndAPersonLooks()
    {
        await Tell.LiveAsync("small-in-0", 0);
        var exit = Tell.AtDeadClock("small-out-0", 65);
        Tell.At(600);
        await Tell.ReportAsync(exit, acts: ByHand);

        Assert.Equal(["small 0-65(600) Exited Conflicting 2500 ExitTime"], await Tell.StaysAsync());
        Assert.Equal(0, await World.OccupancyAsync("small"));
    }

    [Fact]
    public async Task DeadClocksAtBothEnds_TheStayIsWhole_AndAPersonLooks()
    {
        var (entry, exit) = (Tell.AtDeadClock("small-in-0", 10), Tell.AtDeadClock("small-out-0", 75));
        Tell.At(600);
        await Tell.ReportAsync(exit, acts: ByHand);
        await Tell.ReportAsync(entry, acts: ByHand);

        Assert.Equal(["small 75(10)-75(600) Exited Conflicting 0 EntryTime, ExitTime"], await Tell.StaysAsync());
    }

    [Fact]
    public async Task ClockThatIsHoursFast_IsNotBelievedBeyondTheFirstReceipt()
    {
        var entry = Tell.Alone("small-in-0", 10);
        entry = entry with { Scan = entry.Scan with { DeviceTime = entry.Scan.DeviceTime + Duration.FromHours(20) } };
        Tell.At(70);
        await Tell.ReportAsync(entry);

        Assert.Equal(["small 70(10)- Open Conflicting no fee EntryTime"], await Tell.StaysAsync());
    }

    [Theory]
    [InlineData(-30)]
    [InlineData(-1)]
    [InlineData(29)]
    public async Task ClockThatIsALittleWrong_IsBelieved_AndNobodyIsBothered(int seconds)
    {
        var (entry, exit) = (Tell.Alone("small-in-0", 10), Tell.Alone("small-out-0", 75));
        var wrong = Duration.FromSeconds(seconds);
        Tell.At(75);
        await Tell.ReportAsync(entry with { Scan = entry.Scan with { DeviceTime = entry.Scan.DeviceTime + wrong } });
        await Tell.ReportAsync(exit with { Scan = exit.Scan with { DeviceTime = exit.Scan.DeviceTime + wrong } });

        var minutes = wrong.TotalMinutes;
        Assert.Equal([$"small {10 + minutes:0.####}-{75 + minutes:0.####} Exited Settled 2500"], await Tell.StaysAsync());
    }

    [Fact]
    public async Task DeadClocks_ButTheSteadyClockHasRunOn_EveryMinuteIsKnown()
    {
        var (entry, exit) = (Tell.AtDeadClock("small-in-0", 10), Tell.AtDeadClock("small-out-0", 75));
        Tell.At(600);
        await Tell.ReportAsync(exit, steadyMinute: 75, acts: ByHand);
        await Tell.ReportAsync(entry, steadyMinute: 10, acts: ByHand);

        Assert.Equal(["small 10-75 Exited Settled 2500"], await Tell.StaysAsync());
    }

    [Fact]
    public async Task ClockThatIsAnHourFast_ButTheSteadyClockHasRunOn_TheSteadyClockCounts()
    {
        await Tell.LiveAsync("small-in-0", 0);
        var exit = Tell.Alone("small-out-0", 65);
        exit = exit with { Scan = exit.Scan with { DeviceTime = exit.Scan.DeviceTime + Duration.FromHours(1) } };
        Tell.At(600);
        await Tell.ReportAsync(exit, steadyMinute: 65);

        Assert.Equal(["small 0-65 Exited Settled 2500"], await Tell.StaysAsync());
    }

    [Fact]
    public async Task SteadyClockThatTheCodeDisproves_CountsForNothing()
    {
        var entry = Tell.AtDeadClock("small-in-0", 10);
        Tell.At(70);
        await Tell.ReportAsync(entry, steadyMinute: 5);

        Assert.Equal(["small 70(10)- Open Conflicting no fee EntryTime"], await Tell.StaysAsync());
    }

    [Fact]
    public async Task DeadClockOnline_TheServiceDecidesWhileTheCodeLives_AndDatesTheScan()
    {
        Tell.At(10);
        var shown = World.Shown("small-in-0", World.Mint(Scene.Driver)) with { DeviceTime = NodaConstants.UnixEpoch };
        await World.AnswerAsync("small-in-0", shown);
        await Tell.ActAsync(new("small-in-0", shown), BarrierAct.Opened, BarrierAct.Passed);

        Assert.Equal(["small 10- Open Settled no fee"], await Tell.StaysAsync());
    }

    [Fact]
    public async Task ScanWithoutAnAnswer_ThatComesHoursLater_IsDatedWhenItWasShown()
    {
        // The gate asked in vain, a person opened, and the gate sends both when the line is back: it has decided nothing.
        var entry = Tell.Alone("small-in-0", 10);
        Tell.At(70);
        await Tell.ReportAsync(entry with { Scan = entry.Scan with { Local = null } }, acts: ByHand);
        await Tell.LiveAsync("small-out-0", 75);

        Assert.Equal(["small 10-75 Exited Settled 2500"], await Tell.StaysAsync());
    }

    [Fact]
    public async Task InventoryAtADeadClock_StillClosesTheStaysThatItNames()
    {
        var entry = await Tell.LiveAsync("small-in-0", 10);
        Tell.At(70);
        var handled = await World.PostAsync(
            "small-out-0",
            new ReportedInventory { Seq = World.NextSeq("small-out-0"), DeviceTime = NodaConstants.UnixEpoch, Closes = [entry.Stay] });

        Assert.Equal(EventOutcome.Recorded, handled.Outcome);
        Assert.Equal(["small 10-10 Inventory Uncollectable no fee"], await Tell.StaysAsync());
        Assert.Equal(0, await World.OccupancyAsync("small"));
    }

    [Fact]
    public async Task ActsOfADeadClock_AreShownNotBeforeTheirScan()
    {
        var entry = Tell.AtDeadClock("small-in-0", 10);
        Tell.At(70);
        await Tell.ReportAsync(entry, acts: ByHand);

        var revisions = StayHistory.Of(await World.TimelineAsync(Scene.Driver)).SelectMany(record => record.Revisions);
        Assert.All(revisions, revision => Assert.True(revision.OccurredAt >= World.Now - Duration.FromMinutes(60)));
    }
}

using Parking.Admission;
using Parking.Events;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Gates;

/// <summary>What the barrier did, and a person at it.</summary>
public abstract partial class Scenarios
{
    [Fact]
    public async Task Passed_AfterOpened_IsAcknowledgedAndNotKept()
    {
        await Tell.LiveAsync("small-in-0", 0);

        var timeline = await World.TimelineAsync(Scene.Driver);
        Assert.Equal([BarrierAct.Opened], timeline.Events.OfType<ActEvent>().Select(act => act.Act));
        Assert.Equal(["small 0- Open Settled no fee"], await Tell.StaysAsync());
    }

    [Fact]
    public async Task Act_WhoseTimelineLostItsLastMoments_IsPutBackWhenItIsSentAgain()
    {
        var entered = await Tell.LiveAsync("small-in-0", 0, acts: [BarrierAct.Opened]);
        var before = await Subject.Live.LoadAsync(Scene.Driver);
        var act = new ReportedAct
        {
            Seq = World.NextSeq("small-in-0"),
            DeviceTime = World.Now,
            Act = BarrierAct.BackedOut,
            Scan = entered.Scan.Seq,
        };
        await World.PostAsync("small-in-0", act);
        Assert.Empty(await Tell.StaysAsync());

        // Its mark is on another machine, which has lost nothing.
        Assert.True(await Subject.Live.CommitAsync(Scene.Driver, (await Subject.Live.LoadAsync(Scene.Driver)).Version, before.Content));
        var again = await World.PostAsync("small-in-0", act);

        Assert.Equal(EventOutcome.Recorded, again.Outcome);
        Assert.Empty(await Tell.StaysAsync());
        Assert.Equal(0, await World.OccupancyAsync("small"));
    }

    [Fact]
    public async Task TwoActs_UnderOneNumberAtOneMoment_TheOneThatIsAcknowledgedIsTheOneThatCounts()
    {
        var (store, control) = InterposedStore.Create(Subject.Live);
        var world = new GateWorld(store, Subject.Holders);
        var scan = world.Shown("small-in-0", world.Mint(Scene.Driver));
        await world.AnswerAsync("small-in-0", scan);
        var passed =
            new ReportedAct { Seq = world.NextSeq("small-in-0"), DeviceTime = world.Now, Act = BarrierAct.Passed, Scan = scan.Seq };
        var backedOut = passed with { Act = BarrierAct.BackedOut };
        await world.PostAsync("small-in-0", passed with { Seq = world.NextSeq("small-in-0"), Act = BarrierAct.Opened });

        // The first handler has read the timeline and not written yet when the second comes. The second is done with the timeline when the
        // first goes on.
        var (secondIsThrough, firstIsDone) = (new TaskCompletionSource(), new TaskCompletionSource());
        Task<EventResult>? second = null;
        control.BeforeMarking(
            ContentOf(passed), () => Task.WhenAny(second = world.PostAsync("small-in-0", backedOut), secondIsThrough.Task));
        control.BeforeMarking(ContentOf(backedOut), () =>
        {
            secondIsThrough.SetResult();
            return firstIsDone.Task;
        });
        var first = await world.PostAsync("small-in-0", passed);
        firstIsDone.SetResult();

        Assert.Equal((EventOutcome.Conflict, EventOutcome.Recorded), (first.Outcome, (await second!).Outcome));
        Assert.Empty(await Tell.StaysAsync());

        static Fingerprint ContentOf(ReportedAct act) =>
            Fingerprint.OfAct(act.DeviceTime.ToMilliseconds(), act.ClockOffset, act.Act, act.Scan, act.Reason);
    }

    [Fact]
    public async Task AnswerLost_RefusedButOpened_TheVehicleIsIn_BeyondTheCapacity()
    {
        await Tell.FillAsync("small-in-0", GateWorld.SmallCapacity);
        var refused = await Tell.LiveAsync("small-in-1", 1, acts: []);

        // No answer in time: the gate decided alone, opened, and sends the same scan again with what it did.
        var again = await World.AnswerAsync("small-in-1", refused.Scan with { Local = ScanReason.OpenedOffline });
        await Tell.ActAsync(refused, BarrierAct.Opened, BarrierAct.Passed);

        Assert.Equal((ScanReason.Full, refused.Answer), (refused.Reason, again));
        Assert.Equal(["small 1- Open Settled no fee"], await Tell.StaysAsync());
        Assert.Equal(GateWorld.SmallCapacity + 1, await World.OccupancyAsync("small"));
    }

    [Fact]
    public async Task AnswerLost_EntryOpenedButTheBarrierStayedShut_GivesTheSpaceBack_AndTheCodeIsGood()
    {
        var code = World.Mint(Scene.Driver);
        await Tell.LiveAsync("small-in-0", 0, code: code, acts: [BarrierAct.StayedShut]);

        Assert.Empty(await Tell.StaysAsync());
        Assert.Equal(0, await World.OccupancyAsync("small"));
        Assert.Equal(ScanReason.Entered, (await Tell.LiveAsync("small-in-0", 1, code: code)).Reason);
        Assert.Equal(["small 1- Open Settled no fee"], await Tell.StaysAsync());
    }

    [Fact]
    public async Task AnswerLost_ExitOpenedButTheBarrierStayedShut_TakesTheSpaceAgain_AndTheCodeIsGood()
    {
        await Tell.LiveAsync("small-in-0", 0);
        Tell.At(65);
        var code = World.Mint(Scene.Driver);
        await Tell.LiveAsync("small-out-0", 65, code: code, acts: [BarrierAct.StayedShut]);

        Assert.Equal(["small 0- Open Settled no fee"], await Tell.StaysAsync());
        Assert.Equal(1, await World.OccupancyAsync("small"));
        Assert.Equal(ScanReason.Exited, (await Tell.LiveAsync("small-out-0", 66, code: code)).Reason);
        Assert.Equal(["small 0-66 Exited Settled 2500"], await Tell.StaysAsync());
    }

    [Fact]
    public async Task BackedOutOfTheEntry_NothingBegan_AndTheCodeIsUsed()
    {
        var code = World.Mint(Scene.Driver);
        await Tell.LiveAsync("small-in-0", 0, code: code, acts: [BarrierAct.Opened, BarrierAct.BackedOut]);

        Assert.Empty(await Tell.StaysAsync());
        Assert.Equal(0, await World.OccupancyAsync("small"));
        Assert.Equal(ScanReason.CodeUsed, (await Tell.LiveAsync("small-in-0", 1, code: code)).Reason);
    }

    [Fact]
    public async Task BackedOutOfTheExit_TheStayGoesOn_AndTheCodeIsUsed()
    {
        await Tell.LiveAsync("small-in-0", 0);
        Tell.At(65);
        var code = World.Mint(Scene.Driver);
        await Tell.LiveAsync("small-out-0", 65, code: code, acts: [BarrierAct.Opened, BarrierAct.BackedOut]);

        Assert.Equal(["small 0- Open Settled no fee"], await Tell.StaysAsync());
        Assert.Equal(1, await World.OccupancyAsync("small"));
        Assert.Equal(ScanReason.CodeUsed, (await Tell.LiveAsync("small-out-0", 66, code: code)).Reason);
        Assert.Equal(2500, (await Tell.LiveAsync("small-out-0", 67)).Answer!.Fee!.Total);
    }

    [Fact]
    public async Task OpenedByHand_ForAScanThatWasRefused_IsAnEntryLikeAnyOther()
    {
        var code = World.Mint(Scene.Driver);
        var refused = await Tell.LiveAsync("small-in-0", 3, code: code, acts: [BarrierAct.StayedShut]);
        Assert.Equal(ScanReason.Expired, refused.Reason);

        await Tell.ActAsync(refused, BarrierAct.OpenedByHand);

        Assert.Equal(["small 3- Open Settled no fee"], await Tell.StaysAsync());
        Assert.Equal(1, await World.OccupancyAsync("small"));
        await Tell.LiveAsync("small-out-0", 68);
        Assert.Equal(["small 3-68 Exited Settled 2500"], await Tell.StaysAsync());
    }

    [Fact]
    public async Task OpenedByHand_WithoutAScan_IsRecordedAndConcernsNobody()
    {
        var handled = await World.PostAsync("small-in-0", new ReportedAct
        {
            Seq = World.NextSeq("small-in-0"),
            DeviceTime = World.Now,
            Act = BarrierAct.OpenedByHand,
            Reason = "fire engine",
        });

        Assert.Equal((EventOutcome.Recorded, 1), (handled.Outcome, handled.AcknowledgedThrough));
        Assert.Equal(0, await World.OccupancyAsync("small"));
    }

    [Fact]
    public async Task StayWithoutActs_IsProvisional()
    {
        await Tell.LiveAsync("small-in-0", 0, acts: []);
        await Tell.LiveAsync("small-out-0", 65);

        Assert.Equal(["small 0-65 Exited Provisional 2500"], await Tell.StaysAsync());
    }
}

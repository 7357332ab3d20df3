using Parking.GateProtocol;

namespace Parking.Api.Tests.Gates;

/// <summary>Exits that an operator opened from afar, naming the stay that ends with it.</summary>
public abstract partial class Scenarios
{
    [Fact]
    public async Task LetOut_WithAStay_EndsItProvisionallyWithItsFee()
    {
        var stay = (await Tell.LiveAsync("small-in-0", 0)).Answer!.Stay!.Id;

        await LetOutAsync("small-out-0", 65, stay);

        Assert.Equal(["small 0-65 Exited Provisional 2500"], await Tell.StaysAsync());
        Assert.Equal(0, await World.OccupancyAsync("small"));
        await World.AssertNothingPendingAsync();
    }

    [Fact]
    public async Task LetOut_ReportedAgain_ChangesNothing_AndOtherContentUnderItsNumberIsAConflict()
    {
        var stay = (await Tell.LiveAsync("small-in-0", 0)).Answer!.Stay!.Id;
        var act = await LetOutAsync("small-out-0", 65, stay);

        Assert.Equal(EventOutcome.Recorded, (await World.PostAsync("small-out-0", act)).Outcome);
        Assert.Equal(EventOutcome.Conflict, (await World.PostAsync("small-out-0", act with { Reason = "another" })).Outcome);

        Assert.Equal(["small 0-65 Exited Provisional 2500"], await Tell.StaysAsync());
    }

    /// <summary>The operator had named the wrong stay, or the driver came back for the bag.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LetOut_AndThenTheDriversOwnExit_WhicheverIsReportedFirst_MovesTheEndToTheOwn(bool letOutFirst)
    {
        var stay = (await Tell.LiveAsync("small-in-0", 0)).Answer!.Stay!.Id;
        if (letOutFirst)
        {
            await LetOutAsync("small-out-0", 30, stay);
        }

        await Tell.LiveAsync("small-out-1", 65);
        if (!letOutFirst)
        {
            await LetOutAsync("small-out-0", 30, stay);
        }

        Assert.Contains("small 0-65 Exited Settled 2500", await Tell.StaysAsync());
        Assert.Equal(0, await World.OccupancyAsync("small"));
    }

    /// <summary>A crash between the timeline and the mark: the sweep finishes it as the act that it is.</summary>
    [Fact]
    public async Task LetOut_CutShort_IsFinishedByTheSweepAndTakenInOnceWhenItComesAgain()
    {
        var stay = (await Tell.LiveAsync("small-in-0", 0)).Answer!.Stay!.Id;
        var (store, control) = InterposedStore.Create(Subject.Live);
        var world = new GateWorld(store, Subject.Holders);
        world.Time.SetUtcNow(World.Time.GetUtcNow());
        var act = MakeLetOut("small-out-0", stay);
        control.BeforeMarking(Parking.Events.Fingerprint.OfAct(act), () => throw new CrashException());

        await Assert.ThrowsAsync<CrashException>(() => world.PostAsync("small-out-0", act));
        World.Time.Advance(TimeSpan.FromMinutes(2));
        await World.Sweep.SweepAsync(TestContext.Current.CancellationToken);

        await World.AssertNothingPendingAsync();
        Assert.Equal(EventOutcome.Recorded, (await World.PostAsync("small-out-0", act)).Outcome);
        Assert.Single(await Tell.StaysAsync());
    }

    private async Task<ReportedAct> LetOutAsync(string gate, int minute, string stay)
    {
        Tell.At(minute);
        var act = MakeLetOut(gate, stay);
        Assert.Equal(EventOutcome.Recorded, (await World.PostAsync(gate, act)).Outcome);
        return act;
    }

    private ReportedAct MakeLetOut(string gate, string stay) => new()
    {
        Seq = World.NextSeq(gate),
        DeviceTime = World.Now,
        Act = BarrierAct.OpenedByHand,
        Reason = "phone is broken",
        Command = "01JTCWB2X0S3K7N5Q8V1R4T6YZ",
        Stay = stay,
    };
}

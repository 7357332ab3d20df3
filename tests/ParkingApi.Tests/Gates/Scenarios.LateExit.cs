using Parking.GateProtocol;

namespace Parking.Api.Tests.Gates;

/// <summary>Exits that were cut off and opened for codes that had expired.</summary>
public abstract partial class Scenarios
{
    /// <summary>The service was away, and the parked driver had only the code of the entry.</summary>
    [Fact]
    public async Task LateExit_WithTheCodeOfTheEntry_EndsTheStayProvisionallyAndIsNoSecondUseOfTheCode()
    {
        var code = World.Mint(Scene.Driver);
        await Tell.LiveAsync("small-in-0", 0, code: code);

        var late = await Tell.ReportAsync(Late("small-out-0", 65, code));

        Assert.Equal((ScanReason.OpenedOfflineLate, GateDecision.Open), (late.Reason, late.Answer!.Decision));
        Assert.Equal(["small 0-65 Exited Provisional 2500"], await Tell.StaysAsync());
        Assert.Equal(0, await World.OccupancyAsync("small"));
    }

    /// <summary>Somebody else had left with a photograph of the code.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LateExit_AndThenTheDriversOwn_WhicheverIsReportedFirst_MovesTheEndToTheOwn(bool lateFirst)
    {
        var code = World.Mint(Scene.Driver);
        await Tell.LiveAsync("small-in-0", 0, code: code);
        var late = Late("small-out-0", 30, code);
        if (lateFirst)
        {
            await Tell.ReportAsync(late);
        }

        var own = await Tell.LiveAsync("small-out-0", 65);
        if (!lateFirst)
        {
            await Tell.ReportAsync(late);
        }

        Assert.Equal(ScanReason.Exited, own.Reason);
        Assert.Equal(
            ["small 0-65 Exited Settled 2500", "small -30 MissedEntry Uncollectable no fee"], await Tell.StaysAsync());
        Assert.Equal(0, await World.OccupancyAsync("small"));
    }

    [Fact]
    public async Task LateExits_WithOnePhotographAtTwoExits_LeaveOneEndAndOneWithoutABeginning_AndTheOwnExitStillMovesTheEnd()
    {
        var code = World.Mint(Scene.Driver);
        await Tell.LiveAsync("small-in-0", 0, code: code);
        await Tell.ReportAsync(Late("small-out-0", 30, code));
        await Tell.ReportAsync(Late("small-out-1", 40, code));
        Assert.Equal(
            ["small 0-30 Exited Provisional 1500", "small -40 MissedEntry Uncollectable no fee"], await Tell.StaysAsync());

        Assert.Equal(ScanReason.Exited, (await Tell.LiveAsync("small-out-0", 65)).Reason);

        Assert.Equal(
            [
                "small 0-65 Exited Settled 2500", "small -30 MissedEntry Uncollectable no fee",
                "small -40 MissedEntry Uncollectable no fee",
            ],
            await Tell.StaysAsync());
    }

    [Fact]
    public async Task LateExit_AfterTheDriversOwn_ChangesNothingOfTheStay()
    {
        await Tell.LiveAsync("small-in-0", 0);
        var code = World.Mint(Scene.Driver);
        await Tell.LiveAsync("small-out-0", 1, code: code);

        await Tell.ReportAsync(Late("small-out-1", 90, code));

        Assert.Equal(["small 0-1 Exited Settled 0", "small -90 MissedEntry Uncollectable no fee"], await Tell.StaysAsync());
    }

    /// <summary>The service had refused the code, but its answer was lost.</summary>
    [Fact]
    public async Task LateExit_ThatTheServiceHadRefused_IsOneByWhatTheBarrierDid()
    {
        var code = World.Mint(Scene.Driver);
        await Tell.LiveAsync("small-in-0", 0, code: code);

        var refused = await Tell.LiveAsync("small-out-0", 65, code: code, acts: [BarrierAct.Opened, BarrierAct.Passed]);

        Assert.Equal(ScanReason.Expired, refused.Reason);
        Assert.Equal(["small 0-65 Exited Provisional 2500"], await Tell.StaysAsync());
    }

    /// <summary>The request of the scan was on its way for longer than the code lived. The gate had opened alone, and rightly.</summary>
    [Fact]
    public async Task Exit_WhoseRequestArrivesAfterTheCodeExpired_IsAnExitLikeAnyOther_AndUsesTheCode()
    {
        await Tell.LiveAsync("small-in-0", 0);
        Tell.At(65);
        var code = World.Mint(Scene.Driver);
        var shown = new Scene.Shown("small-out-0", World.Shown("small-out-0", code));
        World.Time.Advance(TimeSpan.FromSeconds(100));

        var refused = await World.AnswerAsync(shown.Gate, shown.Scan);
        await Tell.ActAsync(shown, [BarrierAct.Opened, BarrierAct.Passed]);

        Assert.Equal(ScanReason.Expired, refused.Reason);
        Assert.Equal(["small 0-65 Exited Settled 2500"], await Tell.StaysAsync());
    }

    /// <summary>A person who looked opened: it is an exit like any other.</summary>
    [Fact]
    public async Task ExpiredCode_WithABarrierThatAPersonOpened_IsNoLateExit()
    {
        await Tell.LiveAsync("small-in-0", 0);
        var code = World.Mint(Scene.Driver);

        await Tell.LiveAsync("small-out-0", 65, code: code, acts: [BarrierAct.StayedShut, BarrierAct.OpenedByHand, BarrierAct.Passed]);

        Assert.Equal(["small 0-65 Exited Settled 2500"], await Tell.StaysAsync());
    }

    [Fact]
    public async Task LateExit_AndTheVehicleComesAgain_BeginsANewStay()
    {
        var code = World.Mint(Scene.Driver);
        await Tell.LiveAsync("small-in-0", 0, code: code);
        await Tell.ReportAsync(Late("small-out-0", 65, code));

        Assert.Equal(ScanReason.Entered, (await Tell.LiveAsync("small-in-0", 120)).Reason);

        Assert.Equal(["small 0-65 Exited Provisional 2500", "small 120- Open Settled no fee"], await Tell.StaysAsync());
        Assert.Equal(1, await World.OccupancyAsync("small"));
    }

    private Scene.Shown Late(string gate, int minute, string code)
    {
        Tell.At(minute);
        var alone = Tell.Alone(gate, minute, code: code);
        return alone with { Scan = alone.Scan with { Local = ScanReason.OpenedOfflineLate } };
    }
}

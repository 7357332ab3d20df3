using Parking.GateProgram;
using Parking.GateProtocol;

namespace Parking.ScannerSim.Tests.Gates;

/// <summary>Commands that last: held open, locked.</summary>
public sealed partial class GateCommandTests
{
    [Fact]
    public async Task HoldOpen_LastsByTheSteadyClock_AndCodesAreReadMeanwhile()
    {
        using var gate = await _bench.OpenKnowingAsync();
        var hold = Give(BarrierCommand.HoldOpen, seconds: 60);
        await gate.ObeyOnceAsync(Cancellation);
        Assert.Equal(BarrierPosition.HeldOpen, gate.Position);

        await gate.ShowAsync(_bench.Mint(), Cancellation);
        await gate.MoveAsync(VehicleMove.Passed);
        await gate.ShowAsync("no code", Cancellation);
        Assert.Equal(VehicleMove.Passed, await gate.LeaveAsync());
        Assert.Equal(VehicleMove.Passed, await gate.LeaveAsync());
        await _bench.WaitAsync(gate, TimeSpan.FromSeconds(50));
        Assert.Equal(BarrierPosition.HeldOpen, gate.Position);
        Assert.Equal("held_open", _bench.LastBarrier());
        await _bench.WaitAsync(gate, TimeSpan.FromSeconds(11));

        Assert.Equal(BarrierPosition.Closed, gate.Position);
        Assert.Equal("closed", _bench.LastBarrier());
        var known = _bench.Known(gate.Journal);
        var (accepted, refused) = (known.OfType<ReportedScan>().First().Seq, known.OfType<ReportedScan>().Last().Seq);
        Assert.Equal(
            [
                (BarrierAct.Opened, accepted, null), (BarrierAct.Passed, accepted, null), (BarrierAct.StayedShut, refused, null),
                (BarrierAct.OpenedByHand, refused, hold.Id), (BarrierAct.Passed, refused, null), (BarrierAct.OpenedByHand, null, hold.Id),
            ],
            known.OfType<ReportedAct>().Select(act => (act.Act, act.Scan, act.Command)));
    }

    [Fact]
    public async Task HoldOpen_Released_Shuts()
    {
        using var gate = await _bench.OpenKnowingAsync();
        Give(BarrierCommand.HoldOpen, seconds: 43_200);
        Give(BarrierCommand.Release);

        await gate.ObeyOnceAsync(Cancellation);

        Assert.Equal(BarrierPosition.Closed, gate.Position);
        Assert.Equal(VehicleMove.TurnedAway, await gate.LeaveAsync());
    }

    /// <summary>What was released does not rise again when the barrier obeys again.</summary>
    [Fact]
    public async Task HoldOpen_ReleasedWhileTheBarrierIsFaulty_StaysShutOnceItIsRepaired()
    {
        using var gate = await _bench.OpenKnowingAsync();
        Give(BarrierCommand.HoldOpen, seconds: 43_200);
        await gate.ObeyOnceAsync(Cancellation);
        await gate.ReportFaultAsync("does not obey");
        Give(BarrierCommand.Release);
        await gate.ObeyOnceAsync(Cancellation);

        await gate.ReportRepairedAsync();

        Assert.Equal(BarrierPosition.Closed, gate.Position);
    }

    [Fact]
    public async Task Lock_RefusesEverybodyUntilItIsUnlocked_ButOpensForACommand()
    {
        using var gate = await _bench.OpenKnowingAsync();
        Give(BarrierCommand.Lock, seconds: 600);
        await gate.ObeyOnceAsync(Cancellation);

        var refused = await _bench.DriveAsync(gate, _bench.Mint());
        Give(BarrierCommand.OpenOnce);
        await gate.ObeyOnceAsync(Cancellation);
        var opened = gate.IsOpen;
        await gate.MoveAsync(VehicleMove.Passed);
        var locked = gate.Position;
        Give(BarrierCommand.Unlock);
        await gate.ObeyOnceAsync(Cancellation);
        var entered = await _bench.DriveAsync(gate, _bench.Mint());

        Assert.Equal((ScanReason.LaneLocked, true), (refused.Reason, refused.IsLocal));
        Assert.Equal((true, BarrierPosition.Locked), (opened, locked));
        Assert.Equal(ScanReason.Entered, entered.Reason);
    }

    [Fact]
    public async Task Order_EndsWithARestart()
    {
        using (var gate = await _bench.OpenKnowingAsync())
        {
            Give(BarrierCommand.Lock, seconds: 600);
            await gate.ObeyOnceAsync(Cancellation);
            Assert.Equal(BarrierPosition.Locked, gate.Position);
        }

        using var again = await _bench.OpenKnowingAsync();

        Assert.Equal(BarrierPosition.Closed, again.Position);
    }
}

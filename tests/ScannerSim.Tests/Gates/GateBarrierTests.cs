using Parking.GateProgram;
using Parking.GateProtocol;
using Parking.ScannerSim.Tests.Gates.FakeService;

namespace Parking.ScannerSim.Tests.Gates;

public sealed class GateBarrierTests : IDisposable
{
    private readonly GateBench _bench = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Show_SameCodeBeforeTheVehicleHasPassed_IsTheSameScan()
    {
        using var gate = await _bench.OpenKnowingAsync();
        var code = _bench.Mint();
        var first = await gate.ShowAsync(code, Cancellation);

        var again = await gate.ShowAsync(code, Cancellation);

        Assert.Equal(first! with { IsRepeat = true }, again);
        Assert.Equal(2, gate.LastSeq);
    }

    [Fact]
    public async Task Show_SameCodeAfterTheVehicleHasPassed_IsANewScan()
    {
        using var gate = await _bench.OpenKnowingAsync();
        var code = _bench.Mint();
        await _bench.DriveAsync(gate, code);

        Assert.Equal(
            (4, ScanReason.CodeUsed),
            await gate.ShowAsync(code, Cancellation) is { } showing ? (showing.Scan, showing.Reason) : default);
    }

    [Fact]
    public async Task Show_AnotherCodeUnderAnOpenBarrier_HasToWait()
    {
        using var gate = await _bench.OpenKnowingAsync();
        await gate.ShowAsync(_bench.Mint(), Cancellation);

        Assert.Null(await gate.ShowAsync(_bench.Mint(), Cancellation));
        Assert.Equal(2, gate.LastSeq);
    }

    [Fact]
    public async Task Show_FreshCodeAfterARefusal_IsANewScan()
    {
        using var gate = await _bench.OpenKnowingAsync();
        Assert.Equal(GateDecision.Refuse, (await gate.ShowAsync("SP1:OLD", Cancellation))?.Decision);

        Assert.Equal(GateDecision.Open, (await gate.ShowAsync(_bench.Mint(), Cancellation))?.Decision);
    }

    [Fact]
    public async Task Show_CancelledWhileAsking_StaysShutAndSaysSo()
    {
        using var gate = await _bench.OpenKnowingAsync();
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        _bench.Service.Meanwhile = leaving.Cancel;
        _bench.Service.Cable = _ => Trouble.Hangs;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gate.ShowAsync(_bench.Mint(), leaving.Token));
        _bench.Service.Cable = _ => Trouble.None;
        await gate.DrainAsync(Cancellation);

        Assert.Equal(GateState.Waiting, gate.State);
        Assert.Equal(BarrierAct.StayedShut, _bench.Known(gate.Journal).OfType<ReportedAct>().Single().Act);
    }

    [Fact]
    public async Task Lane_WhatVehiclesAndPeopleDo_IsReportedAsItHappened()
    {
        using var gate = await _bench.OpenKnowingAsync();
        await gate.ShowAsync(_bench.Mint(), Cancellation);
        await gate.MoveAsync(VehicleMove.BackedOut);
        await gate.ShowAsync("no code", Cancellation);
        await gate.OpenByHandAsync("phone was broken");
        await gate.MoveAsync(VehicleMove.Passed);
        await gate.TailgateAsync();
        await gate.OpenByHandAsync("fire brigade");
        await gate.MoveAsync(VehicleMove.Passed);
        await gate.ReportInventoryAsync([], 12);
        Assert.True(await gate.DrainAsync(Cancellation));

        var told = _bench.Known(gate.Journal).Select(one => one switch
        {
            ReportedScan => "scan",
            ReportedAct act => $"{act.Act} {act.Scan} {act.Reason}".TrimEnd(),
            ReportedIncident incident => $"{incident.Incident} {incident.Scan}",
            ReportedInventory inventory => $"count {inventory.Count}",
            _ => "?",
        });
        Assert.Equal(
            [
                "scan", "Opened 1", "BackedOut 1", "scan", "StayedShut 4", "OpenedByHand 4 phone was broken", "Passed 4", "Tailgating 4",
                "OpenedByHand  fire brigade", "count 12",
            ],
            told);
    }

    [Fact]
    public async Task Fault_UntilRepaired_NothingOpensWhateverIsDecided()
    {
        using var gate = await _bench.OpenKnowingAsync();
        await gate.ReportFaultAsync("the arm does not rise");

        var showing = await gate.ShowAsync(_bench.Mint(), Cancellation);
        await gate.MoveAsync(VehicleMove.TurnedAway);
        await gate.ReportRepairedAsync();
        var repaired = await gate.ShowAsync(_bench.Mint(), Cancellation);

        Assert.Equal((GateDecision.Open, false), (showing!.Decision, showing.IsOpen));
        Assert.True(repaired!.IsOpen);
        Assert.True(await gate.DrainAsync(Cancellation));
        Assert.Equal([BarrierAct.StayedShut, BarrierAct.Opened], _bench.Known(gate.Journal).OfType<ReportedAct>().Select(act => act.Act));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Fault_OverARestart_IsStillThereUntilRepaired(bool isCompacted)
    {
        using (var gate = await _bench.OpenKnowingAsync())
        {
            await gate.ReportFaultAsync("the arm does not rise");
            if (isCompacted)
            {
                Assert.True(await gate.DrainAsync(Cancellation));
            }
        }
        _bench.Disk.Crash();

        using (var gate = await _bench.OpenKnowingAsync())
        {
            Assert.False((await gate.ShowAsync(_bench.Mint(), Cancellation))!.IsOpen);
            await gate.MoveAsync(VehicleMove.TurnedAway);
            await gate.ReportRepairedAsync();
        }
        _bench.Disk.Crash();

        using var repaired = await _bench.OpenKnowingAsync();
        Assert.True((await repaired.ShowAsync(_bench.Mint(), Cancellation))!.IsOpen);
    }

    [Theory]
    [InlineData(VehicleMove.Passed)]
    [InlineData(VehicleMove.BackedOut)]
    internal async Task Move_ThroughAShutBarrier_Throws(VehicleMove move)
    {
        using var gate = await _bench.OpenKnowingAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => gate.MoveAsync(move));
    }
}

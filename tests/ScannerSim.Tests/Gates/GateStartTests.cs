using Parking.GateProgram;
using Parking.GateProtocol;
using Parking.ScannerSim.Tests.Gates.FakeService;

namespace Parking.ScannerSim.Tests.Gates;

/// <summary>A gate that is started as another than it is does not run.</summary>
public sealed class GateStartTests : IDisposable
{
    private readonly GateBench _bench = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(GateDirection.Entry, GateDirection.Exit)]
    [InlineData(GateDirection.Exit, GateDirection.Entry)]
    internal async Task Gate_StartedAgainstTheServicesWord_DoesNotRun(GateDirection set, GateDirection told)
    {
        _bench.Settings = _bench.Settings with { Direction = set };
        _bench.Service.Direction = told;
        for (var start = 0; start < 2; start++)
        {
            // The second start has the feed on its disk, and is told that it has not changed.
            using var gate = await _bench.OpenAsync();

            var error = await Assert.ThrowsAsync<GateMismatchException>(() => gate.WorkAsync(Cancellation));

            Assert.Contains("--direction", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Gate_StartedWithoutADirection_HasTheOneThatTheServiceSays_AlsoAfterARestartWithoutIt()
    {
        _bench.Settings = _bench.Settings with { Direction = null };
        (_bench.Service.Direction, _bench.Service.Rules) = (GateDirection.Exit, new() { Policy = OfflinePolicy.Shut, OpeningsPerHour = 0 });
        (await _bench.OpenKnowingAsync()).Dispose();
        _bench.Service.Cable = _ => Trouble.Lost;

        using var gate = await _bench.OpenAsync();

        Assert.Equal(GateDirection.Exit, gate.Direction);
        Assert.Equal(ScanReason.OpenedOffline, (await _bench.DriveAsync(gate, _bench.Mint())).Reason);
    }

    [Fact]
    public async Task Gate_ThatRuns_GoesByANewWordOfTheServiceAndSaysSo()
    {
        _bench.Service.Direction = GateDirection.Entry;
        using var gate = await _bench.OpenKnowingAsync();
        _bench.Service.Direction = GateDirection.Exit;

        await _bench.WaitAsync(gate, TimeSpan.FromSeconds(11));

        Assert.Equal(GateDirection.Exit, gate.Direction);
        Assert.Contains("--direction", Assert.Single(_bench.Reports), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gate_OnTheDiskOfAnotherGate_DoesNotStartAndChangesNothing()
    {
        (await _bench.OpenKnowingAsync()).Dispose();
        var before = _bench.Disk.Contents.Select(file => (file.Name, Convert.ToHexString([.. file.Bytes]))).ToList();
        _bench.Settings = _bench.Settings with { Gate = "north-out-1" };

        var error = await Assert.ThrowsAsync<GateMismatchException>(_bench.OpenAsync);

        Assert.Contains("of gate north-in-1, not of gate north-out-1", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, _bench.Disk.Contents.Select(file => (file.Name, Convert.ToHexString([.. file.Bytes]))));
    }
}

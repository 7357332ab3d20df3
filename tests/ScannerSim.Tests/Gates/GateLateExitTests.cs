using NodaTime;
using Parking.GateProgram;
using Parking.GateProtocol;
using Parking.ScannerSim.Tests.Gates.FakeService;

namespace Parking.ScannerSim.Tests.Gates;

/// <summary>A gate that is cut off lets people out, also with a code that has expired since; and what a thief makes of that.</summary>
public sealed class GateLateExitTests : IDisposable
{
    private readonly GateBench _bench = new();

    public GateLateExitTests()
    {
        _bench.Service.LateExitHours = 12;
        _bench.Settings = _bench.Settings with { Direction = GateDirection.Exit };
    }

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(GateDirection.Exit, 90, ScanReason.OpenedOfflineLate)]
    [InlineData(GateDirection.Exit, (12 * 3600) + 59, ScanReason.OpenedOfflineLate)]
    [InlineData(GateDirection.Exit, (12 * 3600) + 60, ScanReason.Expired)]
    [InlineData(GateDirection.Exit, -31, ScanReason.NotYetValid)]
    [InlineData(GateDirection.Entry, 91, ScanReason.Expired)]
    internal async Task Gate_CutOff_LetsOutOnACodeOfTheLastHoursOnly(GateDirection direction, int seconds, ScanReason expected)
    {
        _bench.Settings = _bench.Settings with { Direction = direction };
        using var gate = await CutOffAsync();

        var showing = await _bench.DriveAsync(gate, Of(Duration.FromSeconds(seconds)));

        Assert.Equal((expected, expected == ScanReason.OpenedOfflineLate), (showing.Reason, showing.IsOpen));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    public async Task Gate_OfAServiceThatDoesNotWantIt_OpensForNoExpiredCode(int? hours)
    {
        _bench.Service.LateExitHours = hours;
        using var gate = await CutOffAsync();

        Assert.Equal(ScanReason.Expired, (await _bench.DriveAsync(gate, Of(Duration.FromMinutes(5)))).Reason);
    }

    [Fact]
    public async Task Gate_ThatReachesTheService_LeavesItToTheService()
    {
        using var gate = await _bench.OpenKnowingAsync();

        var showing = await _bench.DriveAsync(gate, Of(Duration.FromMinutes(5)));

        Assert.Equal((ScanReason.Expired, false, false), (showing.Reason, showing.IsLocal, showing.IsOpen));
    }

    [Fact]
    public async Task Gate_ForgedRevokedOrUnknownCode_IsNotLateButRefused()
    {
        using var gate = await CutOffAsync();
        var old = _bench.Now - Duration.FromMinutes(5);
        string[] codes =
        [
            Parking.Simulation.Phones.CodeDamage.ChangeSignature(_bench.Service.Office.Mint(old)), _bench.Service.Office.MintUnknown(old),
            _bench.Service.Office.MintRevoked(old), "poster",
        ];

        foreach (var code in codes)
        {
            Assert.False((await _bench.DriveAsync(gate, code)).IsOpen);
        }
    }

    /// <summary>A thief has photographed somebody's code: it opens this exit at most once, in this outage and in the next ones.</summary>
    [Fact]
    public async Task Photograph_ShownAgainAtTheSameExit_IsRefusedAlsoInTheNextOutageAndAfterARestart()
    {
        var photograph = Of(Duration.FromMinutes(5));
        using (var gate = await CutOffAsync())
        {
            Assert.Equal(ScanReason.OpenedOfflineLate, (await _bench.DriveAsync(gate, photograph)).Reason);
            Assert.Equal(ScanReason.CodeUsed, (await _bench.DriveAsync(gate, photograph)).Reason);
            _bench.Service.Cable = _ => Trouble.None;
            await _bench.WaitAsync(gate, TimeSpan.FromHours(2));
            _bench.Service.Cable = _ => Trouble.Lost;
            await _bench.WaitAsync(gate, TimeSpan.FromMinutes(1));
            Assert.Equal(ScanReason.CodeUsed, (await _bench.DriveAsync(gate, photograph)).Reason);
        }
        _bench.Disk.Crash();

        // The clock of the restarted gate is not set, so any genuine code is good, but this one has opened.
        using var again = await _bench.OpenAsync();
        Assert.Equal(ScanReason.CodeUsed, (await _bench.DriveAsync(again, photograph)).Reason);
        Assert.Equal(ScanReason.OpenedOfflineLate, (await _bench.DriveAsync(again, Of(Duration.FromDays(3)))).Reason);
    }

    /// <summary>The photograph of a code that its owner has used to leave here, hours ago and with the service.</summary>
    [Fact]
    public async Task Photograph_OfACodeThatOpenedHere_IsRefusedAtTheCutOffExit()
    {
        using var gate = await _bench.OpenKnowingAsync();
        var code = _bench.Mint();
        Assert.True((await _bench.DriveAsync(gate, code)).IsOpen);
        await _bench.WaitAsync(gate, TimeSpan.FromHours(11));
        _bench.Service.Cable = _ => Trouble.Lost;
        await _bench.WaitAsync(gate, TimeSpan.FromMinutes(1));

        Assert.Equal(ScanReason.CodeUsed, (await _bench.DriveAsync(gate, code)).Reason);
    }

    /// <summary>The power was out, the battery of the clock is dead, and the service is away.</summary>
    [Theory]
    [InlineData(GateDirection.Exit, ScanReason.OpenedOfflineLate)]
    [InlineData(GateDirection.Entry, ScanReason.NotYetValid)]
    internal async Task Gate_WithADeadClock_LetsEverybodyOutAndNobodyIn(GateDirection direction, ScanReason expected)
    {
        _bench.Settings = _bench.Settings with { Direction = direction };
        (await CutOffAsync()).Dispose();
        var code = _bench.Mint();
        using var gate = await GateMachine.OpenAsync(_bench.Settings, _bench.Disk, _bench.Http, new DeadClock());

        Assert.Equal(expected, (await gate.ShowAsync(code, TestContext.Current.CancellationToken))!.Reason);
    }

    [Fact]
    public async Task Gate_MoreThanTenLateExitsInAnHour_IsAnAlarmAndNoLimit()
    {
        using var gate = await CutOffAsync();
        for (var driver = 0; driver < 30; driver++)
        {
            Assert.True((await _bench.DriveAsync(gate, Of(Duration.FromMinutes(5)))).IsOpen);
        }
        _bench.Service.Cable = _ => Trouble.None;
        await _bench.WaitAsync(gate, TimeSpan.FromMinutes(1));

        var known = _bench.Known(gate.Journal);
        var alarm = Assert.Single(known.OfType<ReportedIncident>());
        Assert.Equal(GateIncident.ManyLateExits, alarm.Incident);
        Assert.StartsWith("11 openings", alarm.Detail);
        Assert.Equal(30, known.OfType<ReportedScan>().Count(scan => scan.Local == ScanReason.OpenedOfflineLate));
        GateBench.AssertWhole(known);
    }

    private string Of(Duration age) => _bench.Service.Office.Mint(_bench.Now - age);

    private async Task<GateMachine> CutOffAsync()
    {
        var gate = await _bench.OpenKnowingAsync();
        await _bench.DriveAsync(gate, _bench.Mint());
        _bench.Service.Cable = _ => Trouble.Lost;
        await _bench.WaitAsync(gate, TimeSpan.FromSeconds(30));
        Assert.True(gate.IsCutOff);
        return gate;
    }

    private sealed class DeadClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch;
    }
}

using Parking.GateProtocol;
using Parking.ScannerSim.Tests.Gates.FakeService;

namespace Parking.ScannerSim.Tests.Gates;

/// <summary>What a gate tells of itself: to the technician beside it, and to operators.</summary>
public sealed class GateAlarmTests : IDisposable
{
    private readonly GateBench _bench = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Gate_ThatRefusesEverybodysCode_RaisesOneAlarmUntilACodeIsGoodAgain()
    {
        using var gate = await _bench.OpenKnowingAsync();
        for (var round = 0; round < 2; round++)
        {
            for (var driver = 0; driver < 20; driver++)
            {
                await _bench.DriveAsync(gate, driver % 4 == 0 ? $"poster {driver}" : Old());
            }
            await _bench.DriveAsync(gate, _bench.Mint());
        }
        Assert.True(await gate.DrainAsync(Cancellation));

        var alarms = _bench.Known(gate.Journal).OfType<ReportedIncident>().ToList();
        Assert.Equal([GateIncident.RefusesEverybody, GateIncident.RefusesEverybody], alarms.Select(alarm => alarm.Incident));
        Assert.All(alarms, alarm => Assert.StartsWith("8 scans in a row refused: expired 6, not_a_code 2.", alarm.Detail));
        Assert.All(alarms, alarm => Assert.InRange(alarm.Detail!.Length, 1, ReportedAct.MaxReasonLength));
        Assert.Equal(2, _bench.Reports.Count(report => report.Contains("in a row", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Gate_OfAFullFacility_RefusesEverybodyWithoutAnAlarm()
    {
        _bench.Service.State = FacilityState.Full;
        using var gate = await _bench.OpenKnowingAsync();
        _bench.Service.Cable = _ => Trouble.Lost;

        for (var driver = 0; driver < 20; driver++)
        {
            Assert.Equal(ScanReason.Full, (await _bench.DriveAsync(gate, _bench.Mint())).Reason);
        }

        Assert.DoesNotContain(_bench.Reports, report => report.Contains("in a row", StringComparison.Ordinal));
    }

    /// <summary>It would be a scan whose text nobody can have read.</summary>
    [Fact]
    public async Task Text_ThatNoSymbolCanHave_IsRefusedByTheGateAlone()
    {
        using var gate = await _bench.OpenKnowingAsync();
        var (asked, last) = (_bench.Service.Requests.Count, gate.LastSeq);

        var showing = await _bench.DriveAsync(gate, new string('A', 100_000));

        Assert.Equal((ScanReason.NotACode, true, false), (showing.Reason, showing.IsLocal, showing.IsOpen));
        Assert.Equal((asked, last), (_bench.Service.Requests.Count, gate.LastSeq));
        Assert.Contains("100000 characters", Assert.Single(_bench.Reports), StringComparison.Ordinal);
        Assert.True((await _bench.DriveAsync(gate, _bench.Mint())).IsOpen);
    }

    private string Old() => _bench.Service.Office.Mint(_bench.Now - NodaTime.Duration.FromHours(30));
}

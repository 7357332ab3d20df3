using System.Text.Json;
using Parking.GateProtocol;
using Parking.ScannerSim.Tests.Gates.FakeService;
using Parking.Simulation.Phones;

namespace Parking.ScannerSim.Tests.Gates;

public sealed class GateCutOffTests : IDisposable
{
    private readonly GateBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Gate_CutOffForAnHourUnderLoad_OpensForValidCodesOnlyAndReportsAllOfItAfterwards()
    {
        using var gate = await _bench.OpenKnowingAsync();
        await _bench.DriveAsync(gate, _bench.Mint());
        _bench.Service.Cable = _ => Trouble.Lost;

        var reasons = new List<ScanReason>();
        for (var minute = 0; minute < 60; minute++)
        {
            var good = _bench.Mint();
            string[] shown =
            [
                good, good, CodeDamage.ChangeSignature(_bench.Mint()),
                _bench.Service.Office.Mint(_bench.Now - NodaTime.Duration.FromMinutes(5)),
                "SP1:UNSIGNED", "https://example.org/poster",
                _bench.Service.Office.MintUnknown(_bench.Now), _bench.Service.Office.MintRevoked(_bench.Now),
            ];
            foreach (var code in shown)
            {
                reasons.Add((await _bench.DriveAsync(gate, code)).Reason);
            }
            await _bench.WaitAsync(gate, TimeSpan.FromSeconds(28));
        }

        Assert.All(reasons.Chunk(8), some => Assert.Equal(
        [
            ScanReason.OpenedOffline, ScanReason.CodeUsed, ScanReason.BadSignature, ScanReason.Expired,
            ScanReason.BadShape, ScanReason.NotACode, ScanReason.UnknownKey, ScanReason.UnknownKey,
        ], some.Select(reason => reason == ScanReason.BadEncoding ? ScanReason.BadShape : reason)));
        Assert.True(gate.IsCutOff);

        _bench.Service.Cable = _ => Trouble.None;
        var before = _bench.Service.Books.Arrivals.Count;
        await _bench.WaitAsync(gate, TimeSpan.FromMinutes(1));

        Assert.False(gate.IsCutOff);
        Assert.Equal(gate.LastSeq, gate.AcknowledgedThrough);
        var known = _bench.Known(gate.Journal);
        GateBench.AssertWhole(known);
        Assert.Equal(481, known.OfType<ReportedScan>().Count());
        Assert.Equal([LinkChange.WentOffline, LinkChange.CameBack], known.OfType<ReportedLink>().Select(link => link.Link));
        var arrived = _bench.Service.Books.Arrivals.Skip(before).Select(one => one.Event.Seq).ToList();
        Assert.Equal(arrived.Order(), arrived);
    }

    [Fact]
    public async Task Gate_ThatWritesAndSendsInOneRunOfItsSteadyClock_TellsHowLongAgoEachEventWas()
    {
        _bench.Settings = _bench.Settings with { Boot = "4c1d0a9e77b35f02" };
        using var gate = await _bench.OpenKnowingAsync();
        _bench.Service.Cable = _ => Trouble.Lost;
        await _bench.DriveAsync(gate, _bench.Mint());
        await _bench.WaitAsync(gate, TimeSpan.FromMinutes(50));
        var shownAt = _bench.Now - NodaTime.Duration.FromMinutes(50) - NodaTime.Duration.FromSeconds(4);
        _bench.Service.Cable = _ => Trouble.None;

        await gate.DrainAsync(TestContext.Current.CancellationToken);

        var sent = _bench.Service.Requests.Last(request => request.Body.Contains("\"local\"", StringComparison.Ordinal));
        var upload = JsonSerializer.Deserialize<EventUpload>(sent.Body, GateProtocolJson.Options)!;
        Assert.All(upload.Events, one => Assert.Equal("4c1d0a9e77b35f02", one.Boot));
        Assert.Equal("4c1d0a9e77b35f02", upload.Boot);
        var scan = Assert.Single(upload.Events.OfType<ReportedScan>());
        Assert.Equal(shownAt, _bench.Now - NodaTime.Duration.FromMilliseconds(upload.Steady!.Value - scan.Steady!.Value));
    }

    [Fact]
    public void Boot_OfTheDevice_IsOne() => Assert.Matches(GateBoot.Pattern, Parking.GateProgram.GateBoots.OfDevice);

    [Fact]
    public async Task Gate_CutOffFromTheStartWithoutAFeed_OpensForNobody()
    {
        _bench.Service.Cable = _ => Trouble.Lost;
        using var gate = await _bench.OpenAsync();
        await gate.WorkAsync(TestContext.Current.CancellationToken);

        Assert.Equal(ScanReason.UnknownKey, (await _bench.DriveAsync(gate, _bench.Mint())).Reason);
    }

    [Fact]
    public async Task Gate_RestartedWhileCutOff_KnowsFeedUsedCodesOpeningsAndThatItIsCutOff()
    {
        _bench.Service.Rules = new() { Policy = OfflinePolicy.Open, OpeningsPerHour = 2 };
        var code = _bench.Mint();
        using (var gate = await _bench.OpenKnowingAsync())
        {
            _bench.Service.Cable = _ => Trouble.Lost;
            Assert.Equal(ScanReason.OpenedOffline, (await _bench.DriveAsync(gate, code)).Reason);
        }
        _bench.Disk.Crash();

        using var again = await _bench.OpenAsync();

        var asked = _bench.Service.Requests.Count;
        Assert.Equal(ScanReason.CodeUsed, (await _bench.DriveAsync(again, code)).Reason);
        Assert.Equal(ScanReason.OpenedOffline, (await _bench.DriveAsync(again, _bench.Mint())).Reason);
        Assert.Equal(ScanReason.OfflineLimit, (await _bench.DriveAsync(again, _bench.Mint())).Reason);
        Assert.Equal(asked, _bench.Service.Requests.Count);
        _bench.Time.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(ScanReason.OpenedOffline, (await _bench.DriveAsync(again, _bench.Mint())).Reason);
    }

    [Theory]
    [InlineData(FacilityState.Closed, OfflinePolicy.Open, GateDirection.Entry, ScanReason.FacilityClosed)]
    [InlineData(FacilityState.Full, OfflinePolicy.Open, GateDirection.Entry, ScanReason.Full)]
    [InlineData(FacilityState.Open, OfflinePolicy.Shut, GateDirection.Entry, ScanReason.OfflineShut)]
    [InlineData(FacilityState.Closed, OfflinePolicy.Shut, GateDirection.Entry, ScanReason.FacilityClosed)]
    [InlineData(FacilityState.Closed, OfflinePolicy.Shut, GateDirection.Exit, ScanReason.OpenedOffline)]
    internal async Task Gate_CutOff_GoesByTheFeedsLastWordButKeepsNobodyInside(
        FacilityState state, OfflinePolicy policy, GateDirection direction, ScanReason expected)
    {
        (_bench.Service.State, _bench.Service.Rules) = (state, new() { Policy = policy, OpeningsPerHour = 0 });
        _bench.Settings = _bench.Settings with { Direction = direction };
        using var gate = await _bench.OpenKnowingAsync();
        _bench.Service.Cable = _ => Trouble.Lost;

        Assert.Equal(expected, (await _bench.DriveAsync(gate, _bench.Mint())).Reason);
    }

    [Fact]
    public async Task Gate_FeedChanges_HearsOfItWithTheNextHeartbeat()
    {
        using var gate = await _bench.OpenKnowingAsync();
        _bench.Service.State = FacilityState.Closed;

        await _bench.WaitAsync(gate, TimeSpan.FromSeconds(11));

        Assert.Equal(FacilityState.Closed, gate.Feed?.State);
        Assert.Equal(2, _bench.Service.Requests.Count(request => request.Path.EndsWith("/feed", StringComparison.Ordinal)));
    }
}

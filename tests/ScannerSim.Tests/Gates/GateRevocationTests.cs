using NodaTime;
using Parking.Codes.Devices;
using Parking.GateProgram;
using Parking.GateProtocol;
using Parking.ScannerSim.Tests.Gates.FakeService;

namespace Parking.ScannerSim.Tests.Gates;

/// <summary>How a gate hears of phones that were lost, and what it knows of them when it is alone.</summary>
public sealed class GateRevocationTests : IDisposable
{
    private const string File = "revocations.json";

    private readonly GateBench _bench = new();

    public GateRevocationTests() => _bench.Service.LateExitHours = 12;

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(GateDirection.Entry)]
    [InlineData(GateDirection.Exit)]
    internal async Task RevokedPhone_IsRefusedByACutOffGate_ThatHadOneHeartbeatSince(GateDirection direction)
    {
        using var gate = await OpenAsync(direction);
        var (lost, good) = (Certify(), Certify());
        _bench.Service.Revoke(lost.Certificate);
        await _bench.WaitAsync(gate, TimeSpan.FromSeconds(11));
        CutOff();

        Assert.Equal((ScanReason.DeviceRevoked, false), await ShowAsync(gate, lost));
        Assert.Equal((ScanReason.OpenedOffline, true), await ShowAsync(gate, good));
    }

    [Fact]
    public async Task RevokedPhone_IsFirstRefusedForItsCode_AndBeforeTheCodeWasUsed()
    {
        using var gate = await OpenAsync(GateDirection.Entry);
        var lost = Certify();
        var used = lost.Mint(_bench.Now).Text;
        Assert.True((await _bench.DriveAsync(gate, used)).IsOpen);
        _bench.Service.Revoke(lost.Certificate);
        await _bench.WaitAsync(gate, TimeSpan.FromSeconds(11));
        CutOff();

        Assert.Equal(ScanReason.DeviceRevoked, (await _bench.DriveAsync(gate, used)).Reason);
        Assert.Equal(ScanReason.NotYetValid, (await _bench.DriveAsync(gate, lost.Mint(_bench.Now + Duration.FromHours(1)).Text)).Reason);
    }

    /// <summary>While the gate is cut off, its list is as old as its last answer.</summary>
    [Fact]
    public async Task CutOffGate_KeepsWhatItKnew_AndHearsTheRestWithTheNextHeartbeat()
    {
        using var gate = await OpenAsync(GateDirection.Entry);
        var (early, late) = (Certify(), Certify());
        _bench.Service.Revoke(early.Certificate);
        await _bench.WaitAsync(gate, TimeSpan.FromSeconds(11));
        CutOff();
        _bench.Service.Revoke(late.Certificate);
        await _bench.WaitAsync(gate, TimeSpan.FromHours(1));

        Assert.Equal((ScanReason.DeviceRevoked, false), await ShowAsync(gate, early));
        Assert.Equal((ScanReason.OpenedOffline, true), await ShowAsync(gate, late));

        _bench.Service.Cable = _ => Trouble.None;
        await _bench.WaitAsync(gate, TimeSpan.FromSeconds(31));
        CutOff();
        Assert.Equal((ScanReason.DeviceRevoked, false), await ShowAsync(gate, early));
        Assert.Equal((ScanReason.DeviceRevoked, false), await ShowAsync(gate, late));
    }

    [Fact]
    public async Task Gate_ThatLostPower_HasItsList()
    {
        var lost = Certify();
        _bench.Service.Revoke(lost.Certificate);
        (await OpenAsync(GateDirection.Entry)).Dispose();
        _bench.Disk.Crash();
        CutOff();

        using var gate = await _bench.OpenAsync();

        Assert.Equal((ScanReason.DeviceRevoked, false), await ShowAsync(gate, lost));
        _bench.Service.Cable = _ => Trouble.None;
        await _bench.WaitAsync(gate, TimeSpan.FromSeconds(31));
        Assert.Equal(["?after=0"], Asked());
    }

    /// <summary>A changed digit would let a stolen phone in, and the gate believe that it knows everything.</summary>
    [Fact]
    public async Task Gate_WhoseListIsDamagedAnywhere_ReadsItFromItsBeginning()
    {
        var lost = Certify();
        _bench.Service.Revoke(lost.Certificate);
        (await OpenAsync(GateDirection.Entry)).Dispose();
        var length = _bench.Disk.ReadAll(File).Length;
        for (var offset = 0; offset < length; offset += 7)
        {
            _bench.Disk.Damage(File, offset);
            using var gate = await OpenAsync(GateDirection.Entry);
            CutOff();
            Assert.Equal((ScanReason.DeviceRevoked, false), await ShowAsync(gate, lost));
            _bench.Service.Cable = _ => Trouble.None;
            await _bench.WaitAsync(gate, TimeSpan.FromMinutes(1));
        }

        Assert.All(Asked(), query => Assert.Equal("?after=0", query));
    }

    [Fact]
    public async Task LongList_IsReadPartByPart_AndGoesOnWhereAnAnswerWasLost()
    {
        var lost = Enumerable.Range(0, 5).Select(_ => Certify()).ToList();
        lost.ForEach(phone => _bench.Service.Revoke(phone.Certificate));
        var answers = 0;
        _bench.Service.Cable = call => call == "revocations" && ++answers == 2 ? Trouble.AnswerLost : Trouble.None;
        using var gate = await OpenAsync(GateDirection.Entry);
        await _bench.WaitAsync(gate, TimeSpan.FromSeconds(11));
        CutOff();

        Assert.Equal(["?after=0", "?after=2", "?after=2", "?after=4"], Asked());
        foreach (var phone in lost)
        {
            Assert.Equal((ScanReason.DeviceRevoked, false), await ShowAsync(gate, phone));
        }
    }

    /// <summary>Of numbers whose certificates have expired, only the newest number is left.</summary>
    [Fact]
    public async Task ListWhoseEntriesHaveExpired_IsReadOnce()
    {
        _bench.Service.NewestRevocation = 40;
        using var gate = await OpenAsync(GateDirection.Entry);

        await _bench.WaitAsync(gate, TimeSpan.FromMinutes(1));

        Assert.Equal(["?after=0"], Asked());
    }

    [Fact]
    public async Task StoreThatLostItsList_TakesNothingFromTheGate_WhichReadsTheNewOneFromItsBeginning()
    {
        var (early, late) = (Certify(), Certify());
        _bench.Service.Revoke(early.Certificate);
        using var gate = await OpenAsync(GateDirection.Entry);
        await _bench.DriveAsync(gate, _bench.Mint());
        await gate.DrainAsync(TestContext.Current.CancellationToken);
        (_bench.Service.NewestRevocation, _) = (0, _bench.Service.Revocations.RemoveAll(_ => true));
        _bench.Service.Books.Restart(gate.Journal, _ => true);
        _bench.Service.Revoke(late.Certificate);

        await _bench.WaitAsync(gate, TimeSpan.FromSeconds(11));
        CutOff();

        Assert.Equal(["?after=0", "?after=0"], Asked());
        Assert.Equal((ScanReason.DeviceRevoked, false), await ShowAsync(gate, early));
        Assert.Equal((ScanReason.DeviceRevoked, false), await ShowAsync(gate, late));
    }

    /// <summary>
    /// An exit that is cut off takes codes of the last hours, and one that does not know the time takes any genuine code.
    /// </summary>
    [Theory]
    [InlineData(0)]
    [InlineData(-400)]
    public async Task RevokedPhone_IsNoLateExit_AlsoWhenItsCertificateHasExpired(int clockDays)
    {
        var lost = Certify();
        var last = lost.Mint(lost.Certificate.ExpiresAt - DeviceCodeFormat.Life).Text;
        _bench.Service.Revoke(lost.Certificate);
        using (var before = await OpenAsync(GateDirection.Exit))
        {
            _bench.Time.Advance((lost.Certificate.ExpiresAt - _bench.Now).ToTimeSpan() + TimeSpan.FromHours(1));
            _bench.Service.Revocations.Clear();
            _bench.Service.Revoke(Certify().Certificate);
            await _bench.WaitAsync(before, TimeSpan.FromSeconds(11));
        }
        CutOff();
        using var gate = await GateMachine.OpenAsync(
            _bench.Settings, _bench.Disk, _bench.Http, new SkewedTime(_bench.Time) { Skew = TimeSpan.FromDays(clockDays) });

        Assert.Equal((ScanReason.DeviceRevoked, false), await ShowAsync(gate, last));
    }

    [Fact]
    public async Task Gate_ForgetsACertificate_WhenItsKeyIsLongUnknown()
    {
        _bench.Service.Revoke(Certify().Certificate);
        using var gate = await OpenAsync(GateDirection.Exit);
        var before = _bench.Disk.ReadAll(File).Length;
        _bench.Time.Advance(TimeSpan.FromDays(98));
        _bench.Service.Revocations.Clear();
        _bench.Service.NewestRevocation++;

        await _bench.WaitAsync(gate, TimeSpan.FromSeconds(11));

        Assert.True(_bench.Disk.ReadAll(File).Length < before - 16);
    }

    private DeviceCodeMinter Certify() => _bench.Service.Office.Certify(_bench.Now);

    private void CutOff() => _bench.Service.Cable = _ => Trouble.Lost;

    private Task<(ScanReason Reason, bool IsOpen)> ShowAsync(GateMachine gate, DeviceCodeMinter phone) =>
        ShowAsync(gate, phone.Mint(_bench.Now).Text);

    private async Task<(ScanReason Reason, bool IsOpen)> ShowAsync(GateMachine gate, string code)
    {
        var showing = await _bench.DriveAsync(gate, code);
        Assert.True(showing.IsLocal);
        return (showing.Reason, showing.IsOpen);
    }

    /// <summary>The queries for the list.</summary>
    private List<string> Asked() =>
    [
        .. _bench.Service.Requests.Zip(_bench.Service.Queries)
            .Where(request => request.First.Path.EndsWith("revocations", StringComparison.Ordinal)).Select(request => request.Second),
    ];

    private Task<GateMachine> OpenAsync(GateDirection direction)
    {
        _bench.Settings = _bench.Settings with { Direction = direction };
        return _bench.OpenKnowingAsync();
    }
}

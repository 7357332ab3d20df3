using NodaTime;
using Parking.Codes.Devices;
using Parking.GateProgram;
using Parking.GateProtocol;
using Parking.ScannerSim.Tests.Gates.FakeService;

namespace Parking.ScannerSim.Tests.Gates;

/// <summary>Codes that a phone signs itself, at a gate that decides alone.</summary>
public sealed class GateDeviceCodeTests : IDisposable
{
    private readonly GateBench _bench = new();

    public GateDeviceCodeTests() => _bench.Service.LateExitHours = 12;

    private CodeOffice Office => _bench.Service.Office;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(GateDirection.Entry)]
    [InlineData(GateDirection.Exit)]
    internal async Task PhoneWithoutNetwork_AtAGateWithoutNetwork_OpensItOncePerCode_AndIsReportedAfterwards(GateDirection direction)
    {
        using var gate = await CutOffAsync(direction);
        var phone = Office.Certify(_bench.Now);
        var code = phone.Mint(_bench.Now).Text;

        Assert.Equal(ScanReason.OpenedOffline, (await _bench.DriveAsync(gate, code)).Reason);
        Assert.Equal(ScanReason.CodeUsed, (await _bench.DriveAsync(gate, code)).Reason);
        Assert.Equal(ScanReason.OpenedOffline, (await _bench.DriveAsync(gate, phone.Mint(_bench.Now).Text)).Reason);
        _bench.Service.Cable = _ => Trouble.None;
        Assert.True(await gate.DrainAsync(Cancellation));

        var known = _bench.Known(gate.Journal);
        GateBench.AssertWhole(known);
        Assert.Equal(
            [null, ScanReason.OpenedOffline, ScanReason.CodeUsed, ScanReason.OpenedOffline],
            known.OfType<ReportedScan>().Select(scan => scan.Local));
    }

    [Fact]
    public async Task PhoneWithoutNetwork_AtAGateWithNetwork_IsDecidedByTheService()
    {
        using var gate = await _bench.OpenKnowingAsync();

        var showing = await _bench.DriveAsync(gate, Office.Certify(_bench.Now).Mint(_bench.Now).Text);

        Assert.Equal((ScanReason.Entered, false), (showing.Reason, showing.IsLocal));
    }

    [Fact]
    public async Task Gate_CutOff_RefusesEachCodeForItsOwnReason()
    {
        using var gate = await CutOffAsync(GateDirection.Exit);
        var (now, phone) = (_bench.Now, Office.Certify(_bench.Now));
        (string Code, ScanReason Reason)[] shown =
        [
            (Office.CertifyUnknown(now).Mint(now).Text, ScanReason.UnknownKey),
            (Office.CertifyRevoked(now).Mint(now).Text, ScanReason.UnknownKey),
            (Parking.Simulation.Phones.CodeDamage.ChangeSignature(phone.Mint(now).Text), ScanReason.BadSignature),
            (phone.Mint(now + Duration.FromDays(1)).Text, ScanReason.NotYetValid),
            (phone.Mint(now + Duration.FromDays(8)).Text, ScanReason.OutsideCertificate),
            (phone.Mint(now - Duration.FromDays(1)).Text, ScanReason.OutsideCertificate),
        ];

        foreach (var (code, reason) in shown)
        {
            var showing = await _bench.DriveAsync(gate, code);
            Assert.Equal((reason, false), (showing.Reason, showing.IsOpen));
        }
    }

    [Fact]
    public async Task Gate_OfAServiceThatKnowsNoDevices_WorksAsBefore()
    {
        _bench.Service.KnowsDevices = false;
        using var gate = await CutOffAsync(GateDirection.Entry);

        Assert.Equal(ScanReason.UnknownKey, (await ShowAsync(gate, Office.Certify(_bench.Now))).Reason);
        Assert.Equal(ScanReason.OpenedOffline, (await _bench.DriveAsync(gate, _bench.Mint())).Reason);
        Assert.DoesNotContain(_bench.Service.Requests, request => request.Path.EndsWith("revocations", StringComparison.Ordinal));
    }

    /// <summary>
    /// A certificate and the key that signed it are as old as they can be. Its phone and the gate were without a network for the week.
    /// </summary>
    [Fact]
    public async Task LastCodeOfACertificate_OpensAGateThatIsCutOffForAWeek_AndTheNextOneDoesNot()
    {
        using var gate = await CutOffAsync(GateDirection.Entry);
        var phone = Office.Certify(_bench.Now);
        var last = phone.Certificate.ExpiresAt - DeviceCodeFormat.Life;

        _bench.Time.Advance((last - _bench.Now).ToTimeSpan());
        Assert.Equal(ScanReason.OpenedOffline, (await ShowAsync(gate, phone)).Reason);
        Assert.Equal(ScanReason.OutsideCertificate, (await ShowAsync(gate, phone)).Reason);
    }

    [Theory]
    [InlineData(90, ScanReason.OpenedOfflineLate)]
    [InlineData((12 * 3600) + 59, ScanReason.OpenedOfflineLate)]
    [InlineData((12 * 3600) + 60, ScanReason.Expired)]
    [InlineData(-31, ScanReason.NotYetValid)]
    public async Task Exit_CutOff_LetsOutOnAPhonesCodeOfTheLastHours(int seconds, ScanReason expected)
    {
        var phone = Office.Certify(_bench.Now);
        _bench.Time.Advance(TimeSpan.FromDays(1));
        using var gate = await CutOffAsync(GateDirection.Exit);

        var showing = await _bench.DriveAsync(gate, phone.Mint(_bench.Now - Duration.FromSeconds(seconds)).Text);

        Assert.Equal((expected, expected == ScanReason.OpenedOfflineLate), (showing.Reason, showing.IsOpen));
    }

    /// <summary>
    /// For the time outside its certificate nobody vouched for a code: no exit takes it for a late one, whatever its clock.
    /// </summary>
    [Fact]
    public async Task Exit_ThatDoesNotKnowTheTime_LetsOutWithinTheCertificateOnly()
    {
        var now = _bench.Now;
        var phone = Office.Certify(now);
        (await CutOffAsync(GateDirection.Exit)).Dispose();
        using var gate = await OpenAsync(TimeSpan.FromDays(-400));

        Assert.Equal(ScanReason.OutsideCertificate, (await _bench.DriveAsync(gate, phone.Mint(now + Duration.FromDays(8)).Text)).Reason);
        Assert.Equal(ScanReason.OpenedOfflineLate, (await _bench.DriveAsync(gate, phone.Mint(now + Duration.FromDays(5)).Text)).Reason);
    }

    /// <summary>
    /// A phone can sign for next week. A gate whose clock is fast opens for that code, and must know it in a week, although by its own
    /// clock the code was over long before somebody told it the time.
    /// </summary>
    [Theory]
    [InlineData(GateDirection.Entry)]
    [InlineData(GateDirection.Exit)]
    internal async Task CodeSignedAhead_ThatOpenedAGateWithAFastClock_DoesNotOpenItAgainWhenItsTimeHasCome(GateDirection direction)
    {
        (await CutOffAsync(direction)).Dispose();
        var then = _bench.Now + Duration.FromDays(6);
        var code = Office.Certify(_bench.Now).Mint(then).Text;
        using (var fast = await OpenAsync(TimeSpan.FromDays(6)))
        {
            Assert.Equal(ScanReason.OpenedOffline, (await _bench.DriveAsync(fast, code)).Reason);
        }
        using (var faster = await OpenAsync(TimeSpan.FromDays(8)))
        {
            await WorkLaterAsync(faster);
            _bench.Service.Cable = _ => Trouble.None;
            await WorkLaterAsync(faster);
        }
        using var gate = await CutOffAsync(direction);
        _bench.Time.Advance((then - _bench.Now).ToTimeSpan());

        Assert.Equal(ScanReason.CodeUsed, (await _bench.DriveAsync(gate, code)).Reason);
    }

    /// <summary>An exit that does not know the time takes any genuine code, however old by its clock; so it forgets none.</summary>
    [Fact]
    public async Task Exit_WithAFastClock_KnowsTheCodesThatOpenedIt()
    {
        string[] codes = [_bench.Mint(), Office.Certify(_bench.Now).Mint(_bench.Now).Text];
        using (var before = await CutOffAsync(GateDirection.Exit))
        {
            foreach (var code in codes)
            {
                Assert.True((await _bench.DriveAsync(before, code)).IsOpen);
            }
        }
        using var gate = await OpenAsync(TimeSpan.FromDays(40));
        await WorkLaterAsync(gate);

        foreach (var code in codes)
        {
            Assert.Equal(ScanReason.CodeUsed, (await _bench.DriveAsync(gate, code)).Reason);
        }
    }

    private Task<GateShowing> ShowAsync(GateMachine gate, DeviceCodeMinter phone) =>
        _bench.DriveAsync(gate, phone.Mint(_bench.Now).Text);

    private async Task WorkLaterAsync(GateMachine gate)
    {
        _bench.Time.Advance(TimeSpan.FromMinutes(5));
        await gate.WorkAsync(Cancellation);
    }

    /// <summary>Starts a gate whose clock nobody has set.</summary>
    private Task<GateMachine> OpenAsync(TimeSpan ahead) =>
        GateMachine.OpenAsync(_bench.Settings, _bench.Disk, _bench.Http, new SkewedTime(_bench.Time) { Skew = ahead });

    private async Task<GateMachine> CutOffAsync(GateDirection direction)
    {
        _bench.Settings = _bench.Settings with { Direction = direction };
        var gate = await _bench.OpenKnowingAsync();
        await _bench.DriveAsync(gate, _bench.Mint());
        _bench.Service.Cable = _ => Trouble.Lost;
        await _bench.WaitAsync(gate, TimeSpan.FromSeconds(30));
        Assert.True(gate.IsCutOff);
        return gate;
    }
}

using System.Net;
using Parking.Api.Tests.Infrastructure;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Gates;

/// <summary>What a gate gets over HTTP, where parking has no price.</summary>
public sealed class ScanEndpointTests : IDisposable
{
    private readonly ParkingApplication _app = new() { Replace = PricedCity.Use(_ => null) };

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task EntryAndExit_AreOneStay()
    {
        var entered = await _app.DriveAsync("hsp-in-1", "alice", 1);
        _app.Time.Advance(TimeSpan.FromMinutes(80));
        var exited = await _app.DriveAsync("hsp-out-1", "alice", 1);

        Assert.Equal((GateDecision.Open, ScanReason.Entered), (entered.Decision, entered.Reason));
        Assert.Equal(new GateDisplay("欢迎，请进", "Welcome"), entered.Display);
        Assert.Equal((GateDecision.Open, ScanReason.Exited), (exited.Decision, exited.Reason));
        Assert.Equal(new GateDisplay("一路平安，停车1小时20分", "Goodbye. Parked 1 h 20 min"), exited.Display);
        Assert.Equal(entered.Stay!.Id, exited.Stay!.Id);
        Assert.Equal(entered.Stay.EnteredAt, exited.Stay.EnteredAt);
        Assert.Null(exited.Fee);
    }

    [Fact]
    public async Task SameScanAgain_GetsTheFirstAnswerToTheLetter()
    {
        var scan = _app.Scan(await _app.FetchCodeAsync("alice"), 1);

        var first = await AnswersAsync(scan);
        _app.Time.Advance(TimeSpan.FromHours(3));
        var again = await AnswersAsync(scan);

        Assert.Equal(first, again);
    }

    [Fact]
    public async Task OtherContentUnderTheSameIdentity_IsAConflict()
    {
        await _app.DriveAsync("hsp-in-1", "alice", 1);

        var response = await _app.PostEventsAsync("hsp-in-1", _app.Scan(await _app.FetchCodeAsync("robert"), 1));

        await ProblemAssert.IsAsync(response, HttpStatusCode.Conflict, "event-conflict", "answer");
    }

    [Fact]
    public async Task NumbersOutOfOrder_AreAcknowledgedUpToTheFirstGap()
    {
        var first = await _app.UploadAsync("hsp-in-1", _app.Scan(await _app.FetchCodeAsync("alice"), 1));
        var third = await _app.UploadAsync("hsp-in-1", _app.Scan(await _app.FetchCodeAsync("caroline"), 3));
        var second = await _app.UploadAsync("hsp-in-1", _app.Scan(await _app.FetchCodeAsync("robert"), 2));

        Assert.Equal((1, 1, 3), (first.AcknowledgedThrough, third.AcknowledgedThrough, second.AcknowledgedThrough));
    }

    [Fact]
    public async Task AnyDecision_SaysHowLongItTook()
    {
        var response = await _app.PostEventsAsync("hsp-in-1", _app.Scan("hello", 1));

        Assert.Matches(@"^decide;dur=\d+\.\d\d$", Assert.Single(response.Headers.GetValues("Server-Timing")));
    }

    [Theory]
    [InlineData("hello", ScanReason.NotACode)]
    [InlineData("", ScanReason.NotACode)]
    [InlineData("   ", ScanReason.NotACode)]
    [InlineData("SP1:a", ScanReason.BadEncoding)]
    [InlineData("SP1:BB8", ScanReason.BadShape)]
    public async Task TextThatIsNoCode_IsRefusedWithItsReason(string text, ScanReason expected)
    {
        var answer = await _app.ScanAsync("hsp-in-1", _app.Scan(text, 1));

        Assert.Equal((GateDecision.Refuse, expected), (answer.Decision, answer.Reason));
        Assert.Null(answer.Stay);
    }

    [Fact]
    public async Task CodeAfterItsMinute_IsRefusedAsExpired()
    {
        var code = await _app.FetchCodeAsync("alice");
        _app.Time.Advance(TimeSpan.FromSeconds(90));

        Assert.Equal(ScanReason.Expired, (await _app.ScanAsync("hsp-in-1", _app.Scan(code, 1))).Reason);
    }

    [Fact]
    public async Task ExitWithoutAnEntryWhereAnAttendantIs_CallsThem()
    {
        var answer = await _app.DriveAsync("xuhui-hospital-out-1", "alice", 1);

        Assert.Equal((GateDecision.Refuse, ScanReason.CallAttendant), (answer.Decision, answer.Reason));
    }

    [Fact]
    public async Task FullStreetSection_LetsEverybodyIn()
    {
        for (var car = 1; car <= 30; car++)
        {
            Assert.Equal(ScanReason.Entered, (await _app.DriveAsync("nanjing-west-street-in-1", $"driver-{car}", car)).Reason);
        }
    }

    /// <summary>All that is answered but the clock, as it came.</summary>
    private async Task<string> AnswersAsync(ReportedScan scan)
    {
        var text = await (await _app.PostEventsAsync("hsp-in-1", scan)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return text[text.IndexOf("\"epoch\"", StringComparison.Ordinal)..];
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Parking.Api.Tests.Infrastructure;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Gates;

/// <summary>The gate protocol as a gate meets it: what is said to every upload, sensible or not.</summary>
public sealed partial class EventEndpointTests : IDisposable
{
    private const string Gate = "hsp-in-1";
    private const string ExitGate = "hsp-out-1";
    private const string When = "\"deviceTime\":\"2026-05-04T08:30:16Z\"";

    private readonly ParkingApplication _app = new() { Replace = PricedCity.Use(_ => SampleTariffs.Stepped) };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EventThatIsNotEvenText_IsStoredAsUnreadable_AndTheOthersAreTakenIn()
    {
        using var client = _app.GateClient(Gate);
        byte[] body =
        [
            .. Encoding.UTF8.GetBytes($$"""{"journal":"{{Driving.Journal}}","events":[{"type":"scan","seq":1,{{When}},"code":"ab"""), 0xff,
            0xfe,
            .. Encoding.UTF8.GetBytes($$"""c"},{"type":"link","seq":2,{{When}},"link":"came_back"},{"type":"link","seq":3,{{When}},"l"""),
            0xff, .. "\":1}]}"u8,
        ];

        for (var time = 0; time < 2; time++)
        {
            using var content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } };
            using var response = await client.PostAsync($"/v1/gates/{Gate}/events", content, Cancelled);

            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            var answer = (await response.Content.ReadFromJsonAsync<UploadAnswer>(GateProtocolJson.Options, Cancelled))!;
            Assert.Equal(
                [EventOutcome.Unreadable, EventOutcome.Recorded, EventOutcome.Unreadable], answer.Answers.Select(one => one.Outcome));
            Assert.Equal(3, answer.AcknowledgedThrough);
        }
    }

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task BatchOf256Events_IsAnsweredEventByEvent_AndAgainTheSame()
    {
        var events = new List<ReportedEvent>();
        for (var driver = 0; driver < 64; driver++)
        {
            var scan = _app.Scan(await _app.FetchCodeAsync($"driver-{driver}"), (driver * 4) + 1);
            events.AddRange([scan, Act(scan.Seq + 1, BarrierAct.Opened, scan.Seq), Act(scan.Seq + 2, BarrierAct.Passed, scan.Seq)]);
            events.Add(new ReportedIncident
            {
                Seq = scan.Seq + 3,
                DeviceTime = scan.DeviceTime,
                Incident = GateIncident.Tailgating,
                Scan = scan.Seq,
            });
        }

        var first = await _app.UploadAsync(Gate, events);
        var again = await _app.UploadAsync(Gate, events);

        Assert.Equal(256, first.AcknowledgedThrough);
        Assert.Equal(
            events.Select(reported => (reported.Seq, reported is ReportedScan)),
            first.Answers.Select(answer => (answer.Seq, answer.Outcome == EventOutcome.Decided)));
        Assert.All(first.Answers.Where(answer => answer.Scan is not null), answer => Assert.Equal(ScanReason.Entered, answer.Scan!.Reason));
        Assert.Equal(first.Answers, again.Answers);
    }

    [Fact]
    public async Task OtherContentUnderANumber_IsAnAlarm_AndAllOtherEventsAreDealtWith()
    {
        await _app.DriveAsync(Gate, "alice", 2);

        var response = await _app.PostEventsAsync(
            Gate, new ReportedLink { Seq = 1, DeviceTime = Now, Link = LinkChange.CameBack }, _app.Scan("another", 2),
            Act(3, BarrierAct.Opened, 2));

        var text = await response.Content.ReadAsStringAsync(Cancelled);
        await ProblemAssert.IsAsync(response, HttpStatusCode.Conflict, "event-conflict", "answer");
        using var problem = JsonDocument.Parse(text);
        var answer = problem.RootElement.GetProperty("answer").Deserialize<UploadAnswer>(GateProtocolJson.Options)!;
        Assert.Equal([EventOutcome.Recorded, EventOutcome.Conflict, EventOutcome.Recorded], answer.Answers.Select(one => one.Outcome));
        Assert.Equal(3, answer.AcknowledgedThrough);
        var alarm = Assert.Single(_app.Log.Lines, line => line.Contains("EventConflict", StringComparison.Ordinal));
        Assert.StartsWith("Error", alarm, StringComparison.Ordinal);
        Assert.Contains($"{Gate}/00000000000000aa/2", alarm, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LocalAddedLater_IsTheSameScan_AndTheServicesDecisionStands()
    {
        var scan = _app.Scan(await _app.FetchCodeAsync("alice"), 1);
        var first = await _app.ScanAsync(Gate, scan);

        var again = await _app.ScanAsync(Gate, scan with { Local = ScanReason.OfflineShut });

        Assert.Equal((ScanReason.Entered, first), (first.Reason, again));
    }

    [Fact]
    public async Task LocalTakenAwayLater_IsTheSameScan_AndTheGatesDecisionStands()
    {
        var scan = _app.Scan(await _app.FetchCodeAsync("alice"), 1);
        var first = await _app.ScanAsync(Gate, scan with { Local = ScanReason.OfflineShut });

        var again = await _app.ScanAsync(Gate, scan);

        Assert.Equal((GateDecision.Refuse, ScanReason.OfflineShut, first), (first.Decision, first.Reason, again));
    }

    [Fact]
    public async Task ForgedCodeThatAGateOpenedFor_IsRecorded_AndIsNobodys()
    {
        var forged = _app.Scan("SP1:" + new string('A', 167), 1) with { Local = ScanReason.OpenedOffline };

        var told = await _app.UploadAsync(Gate, forged, Act(2, BarrierAct.Opened, 1), Act(3, BarrierAct.Passed, 1));

        Assert.Equal([EventOutcome.Decided, EventOutcome.Recorded, EventOutcome.Recorded], told.Answers.Select(answer => answer.Outcome));
        Assert.Equal(
            (GateDecision.Open, ScanReason.OpenedOffline, null),
            (told.Answers[0].Scan!.Decision, told.Answers[0].Scan!.Reason, told.Answers[0].Scan!.Stay));
        Assert.Equal(3, told.AcknowledgedThrough);
        Assert.Equal(0, await OccupiedAsync("hsp"));
    }

    [Fact]
    public async Task ActBeforeItsScan_Waits_AndIsTakenInOnceTheScanIsThere()
    {
        var act = Act(2, BarrierAct.BackedOut, 1);
        var waiting = await _app.UploadAsync(Gate, act);
        await _app.DriveAsync(Gate, "alice", 1);
        var taken = await _app.UploadAsync(Gate, act);

        Assert.Equal((EventOutcome.Waiting, 0), (Assert.Single(waiting.Answers).Outcome, waiting.AcknowledgedThrough));
        Assert.Equal((EventOutcome.Recorded, 2), (Assert.Single(taken.Answers).Outcome, taken.AcknowledgedThrough));
        Assert.Equal(0, await OccupiedAsync("hsp"));
    }

    [Fact]
    public async Task ActOfSomethingThatIsNoScan_IsUnreadable()
    {
        var told = await _app.UploadAsync(
            Gate, new ReportedLink { Seq = 1, DeviceTime = Now, Link = LinkChange.CameBack }, Act(2, BarrierAct.Opened, 1));

        Assert.Equal((EventOutcome.Unreadable, "event 1 is no scan"), (told.Answers[1].Outcome, told.Answers[1].Error));
        Assert.Equal(2, told.AcknowledgedThrough);
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("1970-01-01T00:00:00Z")]
    [InlineData("2300-01-01T00:00:00Z")]
    [InlineData("9799-12-31T23:59:59Z")]
    public async Task ClockThatIsCenturiesOff_CountsForNothing_TheCodeProvesTheTime(string deviceTime)
    {
        var code = await _app.FetchCodeAsync("alice");

        var told = await PostAsync(
            $$"""[{"type":"scan","seq":1,"deviceTime":"{{deviceTime}}","code":"{{code}}","local":"opened_offline"}]""");

        Assert.Equal("decided", told.Body.GetProperty("answers")[0].GetProperty("outcome").GetString());
        var enteredAt = told.Body.GetProperty("answers")[0].GetProperty("scan").GetProperty("stay").GetProperty("enteredAt").GetString();
        Assert.Equal("2026-05-04T08:30:15Z", enteredAt);
        Assert.Equal(1, await OccupiedAsync("hsp"));
    }

    [Theory]
    [InlineData("4c1d0a9e77b35f02", "2026-05-04T08:35:15Z", "null")]
    [InlineData("4c1d0a9e77b35f03", "2026-05-04T09:30:15Z", "[\"entry_time\"]")] // the gate was switched off meanwhile
    public async Task DeadClock_TheSteadyClockDatesTheScan_IfItHasRunOn(string boot, string enteredAt, string doubts)
    {
        var code = await _app.FetchCodeAsync("alice");
        _app.Time.Advance(TimeSpan.FromHours(1));
        using var gate = _app.GateClient(Gate);
        using var content = new StringContent(
            $$"""
            {"journal":"9f2c4e1ab03d5577","boot":"{{boot}}","steady":3400000,"events":[
              {"type":"scan","seq":1,"deviceTime":"1970-01-01T00:00:00Z","code":"{{code}}","local":"opened_offline",
               "boot":"4c1d0a9e77b35f02","steady":100000}]}
            """,
            Encoding.UTF8,
            "application/json");

        using var response = await gate.PostAsync($"/v1/gates/{Gate}/events", content, Cancelled);

        response.EnsureSuccessStatusCode();
        using var phone = _app.CitizenClient("alice");
        var stays = await phone.GetFromJsonAsync<JsonElement>("/v1/me/stays", Cancelled);
        var stay = Assert.Single(stays.GetProperty("open").EnumerateArray());
        Assert.Equal(enteredAt, stay.GetProperty("enteredAt").GetString());
        Assert.Equal(doubts, stay.TryGetProperty("doubts", out var told) ? told.GetRawText() : "null");
    }

    private NodaTime.Instant Now => NodaTime.Instant.FromDateTimeOffset(_app.Time.GetUtcNow());

    private static ReportedAct Act(long seq, BarrierAct act, long scan) =>
        new() { Seq = seq, DeviceTime = NodaTime.Instant.FromUtc(2026, 5, 4, 8, 30, 17), Act = act, Scan = scan };

    private async Task<int> OccupiedAsync(string facility, ParkingApplication? app = null)
    {
        using var anybody = (app ?? _app).AnonymousClient();
        var told = await anybody.GetFromJsonAsync<JsonElement>($"/v1/facilities/{facility}", Cancelled);
        return told.GetProperty("occupancy").GetProperty("occupied").GetInt32();
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string events)
    {
        using var client = _app.GateClient(Gate);
        var upload = $$"""{"journal":"9f2c4e1ab03d5577","events":{{events}}}""";
        using var content = new StringContent(upload, Encoding.UTF8, "application/json");
        using var response = await client.PostAsync($"/v1/gates/{Gate}/events", content, Cancelled);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled));
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Parking.Admission;
using Parking.Api.Tests.Infrastructure;
using Parking.Events;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Gates;

/// <summary>A store that goes away, or comes back without what it had.</summary>
public sealed partial class EventEndpointTests
{
    [Fact]
    public async Task Receipts_AfterTheStoreWasLost_BringBackTheSameDecisionsStaysAndFees()
    {
        var entry = _app.Scan(await _app.FetchCodeAsync("alice"), 1);
        var entered = await _app.UploadAsync(
            Gate, entry, Act(2, BarrierAct.Opened, 1), Act(3, BarrierAct.Passed, 1), _app.Scan("hello", 4));
        _app.Time.Advance(TimeSpan.FromMinutes(65));
        var exit = _app.Scan(await _app.FetchCodeAsync("alice"), 1);
        var exited = await _app.UploadAsync(ExitGate, exit, Act(2, BarrierAct.Opened, 1), Act(3, BarrierAct.Passed, 1));
        var stay = exited.Answers[0].Scan!.Stay!.Id;
        Assert.Equal(2500, exited.Answers[0].Scan!.Fee!.Total);

        var parked = _app.Scan(await _app.FetchCodeAsync("robert"), 1);
        var stays = await _app.UploadAsync("hsp-in-2", parked, Act(2, BarrierAct.Opened, 1));

        using var emptied = new EmptiedApplication(_app);
        ReportedEvent[] exitAgain = [ByDecisionToken(exit, exited.Answers[0]), Act(2, BarrierAct.Opened, 1), Act(3, BarrierAct.Passed, 1)];
        var exitedAgain = await emptied.App.UploadAsync(ExitGate, exitAgain);
        var enteredAgain = await emptied.App.UploadAsync(
            Gate, ByDecisionToken(entry, entered.Answers[0]), Act(2, BarrierAct.Opened, 1), Act(3, BarrierAct.Passed, 1),
            ByDecisionToken(_app.Scan("hello", 4), entered.Answers[3]));

        Assert.Equal(entered.Answers, enteredAgain.Answers);
        Assert.Equal(
            exited.Answers.Select(answer => (answer.Outcome, answer.Scan?.Reason)),
            exitedAgain.Answers.Select(answer => (answer.Outcome, answer.Scan?.Reason)));
        Assert.Equal((4, 3), (enteredAgain.AcknowledgedThrough, exitedAgain.AcknowledgedThrough));
        Assert.Equal(await StayAsync(_app, stay), await StayAsync(emptied.App, stay));
        Assert.Equal(
            stays.Answers,
            (await emptied.App.UploadAsync("hsp-in-2", ByDecisionToken(parked, stays.Answers[0]), Act(2, BarrierAct.Opened, 1))).Answers);
        Assert.Equal(1, await OccupiedAsync("hsp", emptied.App));

        // They belong to Alice, although her phone has not called since.
        using var phone = emptied.App.CitizenClient("alice");
        var mine = await phone.GetFromJsonAsync<JsonElement>("/v1/me/stays", Cancelled);
        Assert.Equal(stay, Assert.Single(mine.GetProperty("recent").EnumerateArray()).GetProperty("id").GetString());

        // The codes themselves, if a gate still has them, are the same scans.
        Assert.Equal(entered.Answers[0], (await emptied.App.UploadAsync(Gate, entry)).Answers[0]);
    }

    [Fact]
    public async Task ScanOfADeadClock_BroughtBackByItsToken_KeepsTheTimeOfItsFirstReceipt()
    {
        var entry = _app.Scan(await _app.FetchCodeAsync("alice"), 1) with
        {
            DeviceTime = NodaTime.NodaConstants.UnixEpoch,
            Local = ScanReason.NotYetValid,
        };
        _app.Time.Advance(TimeSpan.FromMinutes(10));
        ReportedAct[] acts = [Act(2, BarrierAct.OpenedByHand, 1) with { Reason = "the clock is dead" }, Act(3, BarrierAct.Passed, 1)];
        var first = await _app.UploadAsync(Gate, [entry, .. acts]);
        using var phone = _app.CitizenClient("alice");
        var before = (await phone.GetFromJsonAsync<JsonElement>("/v1/me/stays", Cancelled)).GetProperty("open").ToString();

        using var emptied = new EmptiedApplication(_app);
        emptied.App.Time.Advance(TimeSpan.FromMinutes(10));
        await emptied.App.UploadAsync(Gate, [ByDecisionToken(entry, first.Answers[0]), .. acts]);

        using var again = emptied.App.CitizenClient("alice");
        var after = (await again.GetFromJsonAsync<JsonElement>("/v1/me/stays", Cancelled)).GetProperty("open");
        Assert.Equal("2026-05-04T08:40:15Z", after[0].GetProperty("enteredAt").GetString());
        Assert.Contains("\"doubts\":[\"entry_time\"]", before, StringComparison.Ordinal);
        Assert.Contains("\"enteredAt\":\"2026-05-04T08:40:15Z\"", before, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gate_ThatNoLongerHasWhatTheStoreLost_SaysSo_AndThePrefixMovesOn()
    {
        var opened = new ReportedAct
        {
            Seq = 41,
            DeviceTime = NodaTime.Instant.FromDateTimeOffset(_app.Time.GetUtcNow()),
            Act = BarrierAct.OpenedByHand,
            Reason = "ambulance",
        };
        Assert.Equal(0, (await _app.UploadAsync(Gate, opened)).AcknowledgedThrough);

        Assert.Equal((HttpStatusCode.OK, 39), await UploadAsync(opened, keptFrom: 40));
        Assert.Equal((HttpStatusCode.OK, 41), await UploadAsync(opened, keptFrom: 41));
        Assert.Equal((HttpStatusCode.OK, 41), await UploadAsync(opened, keptFrom: 3));
        Assert.Equal(HttpStatusCode.BadRequest, (await UploadAsync(opened, keptFrom: 42)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await UploadAsync(opened, keptFrom: 0)).Status);

        async Task<(HttpStatusCode Status, long? Through)> UploadAsync(ReportedEvent reported, long keptFrom)
        {
            using var client = _app.GateClient(Gate);
            var upload = new EventUpload { Journal = Driving.Journal, KeptFrom = keptFrom, Events = [reported] };
            using var response = await client.PostAsJsonAsync($"/v1/gates/{Gate}/events", upload, GateProtocolJson.Options, Cancelled);
            var answer = await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
            return (response.StatusCode, answer.TryGetProperty("acknowledgedThrough", out var through) ? through.GetInt64() : null);
        }
    }

    [Fact]
    public async Task Receipt_OfAnotherEventOrGateOrServiceOrTampered_IsUnreadable()
    {
        var scan = _app.Scan(await _app.FetchCodeAsync("alice"), 1);
        var token = (await _app.ScanAsync(Gate, scan)).DecisionToken!;
        using var strangers = new ParkingApplication();
        var tampered = token[..^5] + (token[^5] == 'A' ? 'B' : 'A') + token[^4..];
        var byDecisionToken = scan with { Code = null, DecisionToken = token };

        var told = new[]
        {
            await _app.UploadAsync(Gate, byDecisionToken with { Seq = 2 }),
            await _app.UploadAsync("hsp-in-2", byDecisionToken),
            await _app.UploadAsync(ExitGate, byDecisionToken with { DecisionToken = tampered }),
            await strangers.UploadAsync(Gate, byDecisionToken),
        };

        Assert.All(told, answer => Assert.Equal(EventOutcome.Unreadable, Assert.Single(answer.Answers).Outcome));
        Assert.Equal(EventOutcome.Decided, Assert.Single((await _app.UploadAsync(Gate, byDecisionToken)).Answers).Outcome);
    }

    /// <summary>In a rolling upgrade: the gate keeps the event and sends it again, and nothing else of its journal waits.</summary>
    [Fact]
    public async Task DecisionToken_OfALaterVersion_IsKeptByItsGateAndHoldsUpNothingElse()
    {
        var id = new GateEventId(new(Gate), JournalId.Parse(Driving.Journal), 1);
        var sealer = _app.Services.GetRequiredService<DecisionTokens>();
        var token = sealer.Seal(id, new Fingerprint(7), new Decision((ScanReason)99, Now));
        var scan = new ReportedScan { Seq = 1, DeviceTime = Now, DecisionToken = token };

        var told = await _app.UploadAsync(
            Gate, scan, Act(2, BarrierAct.StayedShut, 1), new ReportedLink { Seq = 3, DeviceTime = Now, Link = LinkChange.CameBack });

        Assert.Equal(
            [EventOutcome.Waiting, EventOutcome.Waiting, EventOutcome.Recorded], told.Answers.Select(answer => answer.Outcome));
        Assert.Contains("99", told.Answers[0].Error, StringComparison.Ordinal);
        Assert.Equal(0, told.AcknowledgedThrough);
    }

    [Fact]
    public async Task StoreThatGoesAwayWithinAnUpload_IsSaid_AndTheRepetitionCompletesIt()
    {
        var outage = new OutageOfStore();
        using var app = new ParkingApplication { Replace = outage.Use };
        var outages = 0;
        for (var round = 0; ; round++)
        {
            var seq = (round * 5L) + 1;
            var scan = app.Scan(await app.FetchCodeAsync($"driver-{round}"), seq);
            ReportedEvent[] events =
            [
                scan, Act(seq + 1, BarrierAct.Opened, seq), Act(seq + 2, BarrierAct.Passed, seq),
                new ReportedLink { Seq = seq + 3, DeviceTime = Now, Link = LinkChange.WentOffline },
                Act(seq + 4, BarrierAct.StayedShut, seq),
            ];
            outage.AfterCalls(round);
            using var first = await app.PostEventsAsync(Gate, events);
            outage.Over();
            if (first.StatusCode == HttpStatusCode.OK)
            {
                break;
            }

            outages++;
            await ProblemAssert.IsAsync(first, HttpStatusCode.ServiceUnavailable, "store-unavailable");
            var told = await app.UploadAsync(Gate, events);
            Assert.Equal(
                [EventOutcome.Decided, EventOutcome.Recorded, EventOutcome.Recorded, EventOutcome.Recorded, EventOutcome.Recorded],
                told.Answers.Select(answer => answer.Outcome));
            Assert.Equal((ScanReason.Entered, seq + 4), (told.Answers[0].Scan!.Reason, told.AcknowledgedThrough));
        }

        Assert.InRange(outages, 10, 100);
        using var anybody = app.AnonymousClient();
        var facility = await anybody.GetFromJsonAsync<JsonElement>("/v1/facilities/hsp", Cancelled);
        Assert.Equal(outages + 1, facility.GetProperty("occupancy").GetProperty("occupied").GetInt32());
    }

    private static ReportedScan ByDecisionToken(ReportedScan scan, EventAnswer answer) =>
        scan with { Code = null, DecisionToken = answer.Scan!.DecisionToken };

    private static async Task<string> StayAsync(ParkingApplication app, string id)
    {
        using var @operator = app.OperatorClient();
        var stay = (JsonObject)(await @operator.GetFromJsonAsync<JsonNode>($"/v1/stays/{id}", Cancelled))!;

        // The history follows the order of arrival; the stays do not depend on it.
        stay.Remove("version");
        stay.Remove("revisions");
        return stay.ToJsonString();
    }
}

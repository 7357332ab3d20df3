using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Parking.Api.Tests.Infrastructure;
using Parking.BackOffice.Alarms;
using Parking.Contracts;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Alarms;

/// <summary>Alarms over HTTP and on the hub.</summary>
public sealed class AlarmEndpointTests : IDisposable
{
    private const string Fault = "exit_barrier_fault:hsp-out-1", Elsewhere = "tailgating:yuyuan-in-1";

    private readonly ParkingApplication _app = new ParkingApplication().OnKestrel();
    private readonly HttpClient _operator;

    public AlarmEndpointTests() => _operator = _app.OperatorClient();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _operator.Dispose();
        _app.Dispose();
    }

    /// <summary>What people write about it is in neither log nor hub.</summary>
    [Fact]
    public async Task Shelved_ComesBackAtItsEnd_AndAReturnedOneWaits()
    {
        await _app.ReportAsync("hsp-out-1", 1, GateIncident.BarrierFault);
        await _app.PassAsync(1);
        var screen = await _app.WatchAsync("facility:hsp", "watch@facility:hsp");
        await using var connection = screen.Connection;

        using var shelved = await _operator.ShelveAsync(Fault, "Old Mr Wang said so", _app.Now() + NodaTime.Duration.FromMinutes(2));
        Assert.Equal(HttpStatusCode.OK, shelved.StatusCode);
        await _app.PassAsync(1);
        Assert.Equal(AlarmState.Shelved, Assert.Single((await _operator.AlarmsAsync("?state=shelved")).Alarms).State);
        await _app.PassAsync(120);

        Assert.Equal(AlarmState.Unacknowledged, Assert.Single((await _operator.AlarmsAsync("?priority=urgent")).Alarms).State);
        await _app.ReportAsync("hsp-out-1", 2, GateIncident.BarrierRepaired);
        await _app.PassAsync(1);
        await _app.PassAsync(30);
        Assert.Equal(AlarmState.ReturnedUnacknowledged, Assert.Single((await _operator.AlarmsAsync("?priority=urgent")).Alarms).State);
        await Patience.UntilAsync(() => screen.AlarmsHeard().Count >= 3);
        Assert.Equal([$"{Fault} shelved", $"{Fault} unacknowledged", $"{Fault} returned_unacknowledged"], screen.AlarmsHeard());

        Assert.Contains("Old Mr Wang", await shelved.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Contains(_app.Log.Lines, line => line.Contains("AlarmShelved", StringComparison.Ordinal));
        Assert.DoesNotContain(_app.Log.Lines, line => line.Contains("Wang", StringComparison.Ordinal));
        Assert.DoesNotContain("Wang", JsonSerializer.Serialize(screen.Changes, ContractJson.Options), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Alarms_OfAnotherScope_AreNeitherSeenNorActedOn()
    {
        await RaiseBothAsync();
        using var attendant = _app.OperatorClient("attendant", ["operate@facility:yuyuan"]);

        Assert.Equal([Elsewhere], (await attendant.AlarmsAsync()).Alarms.Select(alarm => alarm.Id));
        Assert.Equal([0, 0, 1], (await attendant.AlarmsAsync()).Counts.Select(count => count.Unacknowledged));
        Assert.Equal(
            [AcknowledgeOutcome.Forbidden, AcknowledgeOutcome.Acknowledged, AcknowledgeOutcome.Forbidden, AcknowledgeOutcome.Forbidden],
            (await attendant.AcknowledgeAsync(
                new SeenAlarm(Fault, 1), new SeenAlarm(Elsewhere, 1), new SeenAlarm("store_unreachable", 1), new SeenAlarm("?", 1)))
                .Alarms.Select(alarm => alarm.Outcome));
        using var refused = await attendant.ShelveAsync(Fault, "not mine", _app.Now() + NodaTime.Duration.FromMinutes(2));
        await ProblemAssert.IsAsync(refused, HttpStatusCode.Forbidden, "forbidden", "needed");
        Assert.Equal(AlarmState.Unacknowledged, Assert.Single((await _operator.AlarmsAsync("?priority=urgent")).Alarms).State);
    }

    [Fact]
    public async Task Districts_HearTheCitysAlarms_AndHowManyTheirFacilitiesHave()
    {
        var screen = await _app.WatchAsync("districts", "watch@city");
        await using var connection = screen.Connection;

        await RaiseBothAsync();
        await Patience.UntilAsync(() => Districts().Any(district => district.UrgentAlarms == 1));

        var huangpu = Districts().Last(district => district.District == "huangpu");
        Assert.Equal((1, 0, 1), (huangpu.UrgentAlarms, huangpu.ImportantAlarms, huangpu.MinorAlarms));
        Assert.Empty(screen.AlarmsHeard());

        IEnumerable<DistrictMessage> Districts() => screen.Changes.SelectMany(update => update.Districts);
    }

    /// <summary>They are events: a car park that fills up every morning would be an alarm every morning.</summary>
    [Fact]
    public async Task ScansThatAreRefused_AreNoAlarms_AndANumberThatIsUsedTwiceIsOne()
    {
        var code = await _app.FetchCodeAsync("alice");
        await _app.ScanAsync("hsp-in-1", _app.Scan(code, 1));
        for (var seq = 2; seq < 12; seq++)
        {
            await _app.ScanAsync("hsp-in-1", _app.Scan(code, seq));
            await _app.ScanAsync("hsp-in-1", _app.Scan("no code at all", 100 + seq));
        }

        await _app.PassAsync(1);
        Assert.Empty((await _operator.AlarmsAsync()).Alarms);
        await _app.PostEventsAsync("hsp-in-1", _app.Scan("another text", 5));
        await _app.PassAsync(1);

        Assert.Equal(["event_conflict:hsp-in-1"], (await _operator.AlarmsAsync()).Alarms.Select(alarm => alarm.Id));
    }

    [Fact]
    public async Task Acknowledging_Many_AnswersEachOnItsOwn_AndAgainIsHarmless()
    {
        await RaiseBothAsync();
        SeenAlarm[] seen = [new(Fault, 1), new(Elsewhere, 2), new("gate_silent:hsp-in-1", 1)];
        AcknowledgeOutcome[] outcomes =
            [AcknowledgeOutcome.Acknowledged, AcknowledgeOutcome.OtherOccurrence, AcknowledgeOutcome.NotFound];

        for (var time = 0; time < 2; time++)
        {
            Assert.Equal(outcomes, (await _operator.AcknowledgeAsync(seen)).Alarms.Select(alarm => alarm.Outcome));
            await _app.PassAsync(1);
        }

        Assert.Single(_app.Log.Lines, line => line.Contains("AlarmAcknowledged", StringComparison.Ordinal));
    }

    /// <summary>The database is where no database is: alarms are told, and what people do about them is refused.</summary>
    [Fact]
    public async Task Alarms_WithoutTheirDatabase_AreToldFromMemory()
    {
        using var app = new ParkingApplication(("BackOffice:Postgres", "Host=127.0.0.1;Port=1;Database=none;Username=nobody"));
        using var people = app.OperatorClient();
        await app.ReportAsync("hsp-out-1", 1, GateIncident.BarrierFault);
        for (var second = 0; second < 40; second += 5)
        {
            await app.PassAsync(5);
        }

        Assert.Equal([Fault, "back_office_unreachable"], (await people.AlarmsAsync()).Alarms.Select(alarm => alarm.Id));
        using var refused = await people.PostAsJsonAsync(
            "/v1/alarms/acknowledge", new AcknowledgeRequest { Alarms = [new(Fault, 1)] }, ContractJson.Options, Cancellation);
        await ProblemAssert.IsAsync(refused, HttpStatusCode.ServiceUnavailable, "audit-unavailable");
    }

    /// <summary>Two requests for one alarm in one call are one act.</summary>
    [Fact]
    public async Task Acknowledging_Many_LeavesWhatCameOfEachInTheAudit()
    {
        await RaiseBothAsync();

        await _operator.AcknowledgeAsync(
            new SeenAlarm(Fault, 1), new SeenAlarm(Fault, 1), new SeenAlarm(Elsewhere, 2), new SeenAlarm("gate_silent:hsp-in-1", 1),
            new SeenAlarm("gate_silent:310101199001011234", 1));

        Assert.Equal(
            [
                $"acknowledge_alarm alarm:{Fault} hsp done",
                $"acknowledge_alarm alarm:{Elsewhere} yuyuan other-occurrence",
                "acknowledge_alarm alarm:gate_silent:hsp-in-1 hsp alarm-not-found",
            ],
            await ActsAsync());
    }

    /// <summary>This instance hears of it within a second; what is done meanwhile is recorded under its name all the same.</summary>
    [Fact]
    public async Task Acting_OnAnAlarmThatAnotherInstanceHasRaised_IsInTheAudit()
    {
        var raised = new Parking.Alarms.AlarmRaised(new(Parking.Alarms.AlarmKind.ExitBarrierFault, "hsp-out-1"), _app.Now());
        await _app.Services.GetRequiredService<AlarmTable>().ApplyAsync([raised], _app.Now(), Cancellation);

        using var shelved = await _operator.ShelveAsync(Fault, "road works", _app.Now() + NodaTime.Duration.FromMinutes(2));
        var acknowledged = await _operator.AcknowledgeAsync(Fault, 1);

        Assert.Equal((HttpStatusCode.OK, AcknowledgeOutcome.Acknowledged), (shelved.StatusCode, acknowledged.Outcome));
        Assert.Equal([$"shelve_alarm alarm:{Fault} hsp done", $"acknowledge_alarm alarm:{Fault} hsp done"], await ActsAsync());
    }

    /// <summary>What the audit has, oldest first.</summary>
    private async Task<IEnumerable<string>> ActsAsync() =>
        (await _operator.GetFromJsonAsync<AuditAnswer>("/v1/audit", ContractJson.Options, Cancellation))!.Acts.Reverse()
            .Select(act => $"{act.Act} {act.Target} {act.Facility} {Assert.Single(act.Outcomes).Result}");

    private async Task RaiseBothAsync()
    {
        await _app.ReportAsync("hsp-out-1", 1, GateIncident.BarrierFault);
        await _app.ReportAsync("yuyuan-in-1", 1, GateIncident.Tailgating);
        await _app.PassAsync(1);
    }
}

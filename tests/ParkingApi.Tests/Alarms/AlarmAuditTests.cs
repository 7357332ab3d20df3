using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NodaTime;
using Parking.Alarms;
using Parking.Api.Tests.Infrastructure;
using Parking.BackOffice.Alarms;
using Parking.BackOffice.Sql;
using Parking.Contracts;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Alarms;

/// <summary>What the audit has of acts on alarms: each act, and what really came of it.</summary>
public sealed class AlarmAuditTests
{
    private const string Fault = "exit_barrier_fault:hsp-out-1", Other = "tailgating:hsp-in-1", Never = "gate_silent:hsp-in-1";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Acknowledging_Many_IsAnActEach_WithItsOwnOutcome()
    {
        using var app = new ParkingApplication();
        using var people = app.OperatorClient();
        await app.ReportAsync("hsp-out-1", 1, GateIncident.BarrierFault);
        await app.ReportAsync("hsp-in-1", 1, GateIncident.Tailgating);
        await app.PassAsync(1);

        await people.AcknowledgeAsync(
            new SeenAlarm(Fault, 1), new SeenAlarm(Fault, 1), new SeenAlarm(Other, 7), new SeenAlarm(Never, 1),
            new SeenAlarm("gate_silent:Mr Wang", 1));

        Assert.Equal(
            [
                $"acknowledge_alarm alarm:{Never} alarm-not-found", $"acknowledge_alarm alarm:{Other} other-occurrence",
                $"acknowledge_alarm alarm:{Fault} done",
            ],
            await ActsAsync(people));
    }

    /// <summary>A screen heard of it from the instance that raised it, and asks this one before it has looked.</summary>
    [Fact]
    public async Task Alarm_ThatAnotherInstanceHasJustRaised_IsNotActedOnUnrecorded()
    {
        using var app = new ParkingApplication();
        using var people = app.OperatorClient();
        Assert.True(AlarmCause.TryParse(Fault, out var cause));
        await app.Services.GetRequiredService<AlarmTable>().ApplyAsync([new AlarmRaised(cause, app.Now())], app.Now(), Cancellation);

        using var shelved = await people.ShelveAsync(Fault, "road works", app.Now() + Duration.FromHours(1));
        var acknowledged = await people.AcknowledgeAsync(Fault, 1);

        Assert.Equal((HttpStatusCode.OK, AcknowledgeOutcome.Acknowledged), (shelved.StatusCode, acknowledged.Outcome));
        Assert.Equal([$"acknowledge_alarm alarm:{Fault} done", $"shelve_alarm alarm:{Fault} done"], await ActsAsync(people));
    }

    [Fact]
    public async Task Acknowledging_WhoseDatabaseGoesAwayInTheMiddle_HasItsOutcome()
    {
        InterruptedDatabase? database = null;
        using var app = new ParkingApplication
        {
            Replace = services => services.Replace(ServiceDescriptor.Singleton(provider => new AlarmTable(
                database = new(provider.GetRequiredService<ISqlDatabase>())))),
        };
        using var people = app.OperatorClient();
        await app.ReportAsync("hsp-out-1", 1, GateIncident.BarrierFault);
        await app.PassAsync(1);

        database!.IsAway = true;
        using var refused = await people.PostAsJsonAsync(
            "/v1/alarms/acknowledge", new AcknowledgeRequest { Alarms = [new(Fault, 1)] }, ContractJson.Options, Cancellation);
        await ProblemAssert.IsAsync(refused, HttpStatusCode.ServiceUnavailable, "back-office-unavailable");

        Assert.Equal([$"acknowledge_alarm alarm:{Fault} back-office-unavailable"], await ActsAsync(people));
    }

    private static async Task<IReadOnlyList<string>> ActsAsync(HttpClient people) =>
    [
        .. (await people.GetFromJsonAsync<AuditAnswer>("/v1/audit", ContractJson.Options, Cancellation))!.Acts
            .Select(act => $"{act.Act} {act.Target} {string.Join(' ', act.Outcomes.Select(outcome => outcome.Result))}"),
    ];
}

using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Parking.Api.Audit;
using Parking.Api.Hosting;
using Parking.Api.Hosting.Audit;
using Parking.Api.Hosting.Identity;
using Parking.Api.Tests.Commands;
using Parking.Api.Tests.Hosting;
using Parking.Api.Tests.Infrastructure;
using Parking.Contracts;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Audit;

/// <summary>Whatever an operator does is recorded before it is done, and afterwards what came of it.</summary>
public sealed class AuditedEndpointTests : IDisposable
{
    private const string Step = "01JTCWB2X0S3K7N5Q8V1R4T6YZ";

    private readonly ParkingApplication _app = new();

    private HttpClient Operator => field ??= _app.OperatorClient();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _app.Dispose();

    /// <summary>So that nobody adds an act of operators that leaves no trace.</summary>
    [Theory]
    [InlineData("Development")]
    [InlineData(SimulationMode.EnvironmentName)]
    public void Endpoint_AtWhichOperatorsAct_IsAudited(string environment)
    {
        using var app = new ParkingApplication { EnvironmentName = environment };
        var acting = EndpointTable.EndpointsOf(app)
            .Where(endpoint => endpoint.Metadata.GetMetadata<DutyRequirement>() is not null)
            .Where(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods
                && !methods.Contains("GET"))
            .ToList();

        Assert.True(acting.Count >= 8);
        Assert.All(acting, endpoint => Assert.True(
            endpoint.Metadata.GetMetadata<AuditedEndpoints.Audited>() is not null
                != endpoint.Metadata.GetMetadata<AuditedEndpoints.NotAudited>() is not null,
            $"{endpoint} needs .Audits(…), or .DoesNotAudit(why)."));
        Assert.Subset(
            new HashSet<string>(
            [
                "POST /v1/facilities/{id}/inventories/preview", "POST /v1/gates/{id}/commands", "POST /simulation/clock",
                "POST /simulation/settle", "POST /simulation/release",
            ]),
            acting.Where(endpoint => endpoint.Metadata.GetMetadata<AuditedEndpoints.NotAudited>() is not null)
                .SelectMany(EndpointTable.NamesOf).ToHashSet());
    }

    [Fact]
    public async Task Acts_HaveIntentAndOutcome_AlsoThoseThatFail()
    {
        var stay = (await _app.DriveAsync("hsp-in-1", "alice", 1)).Stay!.Id;
        (HttpMethod Method, string Path, object? Body)[] calls =
        [
            (HttpMethod.Put, "/v1/facilities/hsp/state", new { closed = true }),
            (HttpMethod.Put, "/v1/facilities/hsp/state", new { closed = true }),
            (HttpMethod.Put, "/v1/facilities/310101199001011234/state", new { closed = false }),
            (HttpMethod.Post, "/v1/facilities/hsp/rebuild", null),
            (HttpMethod.Post, $"/v1/stays/{stay}/close", null),
            (HttpMethod.Post, "/v1/stays/310101199001011234/close", null),
            (HttpMethod.Post, "/v1/keys/00000000/revoke", null),
            (HttpMethod.Post, "/v1/withdrawals", new { subject = "somebody-310101" }),
            (HttpMethod.Post, "/v1/archive/stays/by-plate", new { plate = "沪A12345", reason = "lost property" }),
            (HttpMethod.Post, "/v1/archive/stays/by-plate", new { plate = "沪A12345", reason = "looks for 沪A12345" }),
        ];
        foreach (var (method, path, body) in calls)
        {
            using var answer = await Operator.SendAsync(
                new(method, path) { Content = body is null ? null : JsonContent.Create(body, options: ContractJson.Options) },
                Cancellation);
        }

        var acts = (await ReadAsync("")).Acts.Reverse().ToList();

        Assert.Equal(
            [
                "close_facility facility:hsp hsp done",
                "close_facility facility:hsp hsp done",
                "open_facility facility:?  facility-not-found",
                "rebuild_facility facility:hsp hsp done",
                "close_stay stay:* hsp done",
                "close_stay stay:?  stay-not-found",
                "revoke_key key:00000000  key-not-found",
                "withdraw_sign_ins city  done",
                "search_by_plate city  done",
                "search_by_plate city  invalid-request",
            ],
            acts.Select(act => $"{act.Act} {(act.Target.Length > 30 ? "stay:*" : act.Target)} {act.Facility} "
                + Assert.Single(act.Outcomes).Result));
        Assert.All(acts, act => Assert.Equal(act.Act is "revoke_key" or "withdraw_sign_ins" ? "admin@city" : "operate@city", act.Duty));
        Assert.Equal((stay, "lost property", null), (acts[4].Stay, acts[8].Reason, acts[9].Reason));

        var export = await Operator.GetStringAsync("/v1/audit/export", Cancellation);
        Assert.DoesNotContain("310101", export, StringComparison.Ordinal);
        Assert.DoesNotContain("12345", export, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recording_IsInTheAudit_WithItsBeginAndItsEnd()
    {
        using (var recording = await Operator.GetAsync("/v1/recording", HttpCompletionOption.ResponseHeadersRead, Cancellation))
        {
            Assert.Equal(HttpStatusCode.OK, recording.StatusCode);
        }

        await Patience.UntilAsync(async () => (await ReadAsync("?act=record_events")).Acts[0].Outcomes.Count == 2);

        Assert.Equal(["done", "ended"], (await ReadAsync("")).Acts[0].Outcomes.Select(outcome => outcome.Result));
    }

    /// <summary>Nothing is done that is not recorded, but for letting people out.</summary>
    [Fact]
    public async Task AuditThatIsAway_StopsEveryActButCommands()
    {
        using var app = new ParkingApplication(("BackOffice:Postgres", "Host=127.0.0.1;Port=1;Database=none;Username=nobody"));
        using var people = app.OperatorClient();

        foreach (var row in EndpointTable.Rows.Where(row => row.Needs is not null && row.Method is "POST" or "PUT"
            && row.Pattern.StartsWith("/v1/", StringComparison.Ordinal)))
        {
            if (row.Needs is null || row.Pattern is "/v1/gates/{id}/commands" or "/v1/facilities/{id}/inventories/preview")
            {
                continue;
            }

            using var request = row.Pattern switch
            {
                "/v1/facilities/{id}/state" => Put("/v1/facilities/hsp/state", """{"closed":true}"""),
                "/v1/alarms/acknowledge" => Post(row.Path, """{"alarms":[{"id":"store_unreachable","occurrence":1}]}"""),
                "/v1/alarms/{id}/shelve" => Post(row.Path, """{"reason":"road works","until":"2026-05-04T09:00:00Z"}"""),
                "/v1/facilities/{id}/inventories" => Post(
                    row.Path,
                    """
                    {"id":"01JTCWB2X0S3K7N5Q8V1R4T6YZ","countedAt":"2026-05-04T08:30:00Z","count":1,"reason":"walked","version":"none"}
                    """),
                "/v1/screens" => Post(row.Path, """{"id":"01JTCWB2X0S3K7N5Q8V1R4T6YZ","name":"left","scope":"city"}"""),
                "/v1/withdrawals" => Post(row.Path, """{"subject":"somebody"}"""),
                "/v1/archive/stays/by-plate" => Post(row.Path, """{"plate":"沪A12345","reason":"lost property"}"""),
                "/v1/archive/stays/{id}/cases" => Post(row.Path, $$"""{"id":"{{Step}}","text":"who was it?"}"""),
                "/v1/cases/{number}/assign" => Post(row.Path, $$"""{"id":"{{Step}}","version":1}"""),
                "/v1/cases/{number}/answer" or "/v1/cases/{number}/close" =>
                    Post(row.Path, $$"""{"id":"{{Step}}","version":1,"text":"it was nothing"}"""),
                _ => row.ToRequest(),
            };
            using var refused = await people.SendAsync(request, Cancellation);

            // Where a case or an archived stay belongs is looked up first, in the same database.
            await ProblemAssert.IsAsync(
                refused,
                HttpStatusCode.ServiceUnavailable,
                row.Pattern.Contains("/cases", StringComparison.Ordinal) ? "back-office-unavailable" : "audit-unavailable");
            Assert.NotNull(refused.Headers.RetryAfter);
        }

        Assert.NotEqual(
            FacilityState.Closed,
            (await people.GetFromJsonAsync<FacilityAnswer>("/v1/facilities/hsp", ContractJson.Options, Cancellation))!.State);
        using var command = await GiveAsync(app, people);
        Assert.Equal(HttpStatusCode.OK, command.StatusCode);
        await app.Services.GetRequiredService<AuditService>().CatchUpAsync(Cancellation);
    }

    [Fact]
    public async Task Command_IsInTheAudit_AfterTheNextTick_WithWhatCameOfIt()
    {
        using var given = await GiveAsync(_app, Operator);
        var id = (await given.Content.ReadFromJsonAsync<GateCommandAnswer>(ContractJson.Options, Cancellation))!.Id;
        await PassAsync();
        var queued = Assert.Single((await ReadAsync("?facility=hsp")).Acts);
        Assert.Empty(queued.Outcomes);

        using var gate = _app.GateClient("hsp-out-1");
        using var claim = await gate.PostAsJsonAsync(
            $"/v1/gates/hsp-out-1/commands/{id}/claims", new { journal = "00000000000000c0", seq = 1 }, Cancellation);
        claim.EnsureSuccessStatusCode();
        var now = Instant.FromDateTimeOffset(_app.Time.GetUtcNow());
        await _app.UploadAsync(
            "hsp-out-1",
            new ReportedCommand { Seq = 1, DeviceTime = now, Command = id, Step = CommandStep.Claimed },
            new ReportedAct
            {
                Seq = 2,
                DeviceTime = now,
                Act = BarrierAct.OpenedByHand,
                Reason = "phone is broken",
                Command = id,
            });
        await PassAsync();

        var act = Assert.Single((await ReadAsync("?facility=hsp")).Acts);
        Assert.Equal(
            ("open_once", "gate:hsp-out-1", "phone is broken", "operate@city"), (act.Act, act.Target, act.Reason, act.Duty));
        Assert.Equal(["granted", "obeyed"], act.Outcomes.Select(outcome => outcome.Result));
        await PassAsync();
        Assert.Equal(2, Assert.Single((await ReadAsync("")).Acts).Outcomes.Count);
    }

    private static Task<HttpResponseMessage> GiveAsync(ParkingApplication app, HttpClient people) => people.PostAsJsonAsync(
        "/v1/gates/hsp-out-1/commands",
        new GateCommandRequest
        {
            Id = Ulids.At(Instant.FromDateTimeOffset(app.Time.GetUtcNow())).Value,
            Command = BarrierCommand.OpenOnce,
            Reason = "phone is broken",
        },
        ContractJson.Options,
        Cancellation);

    private static HttpRequestMessage Put(string path, string body) =>
        new(HttpMethod.Put, path) { Content = new StringContent(body, null, "application/json") };

    private static HttpRequestMessage Post(string path, string body) =>
        new(HttpMethod.Post, path) { Content = new StringContent(body, null, "application/json") };

    /// <summary>A tick of the audit's service, as its timer runs it.</summary>
    private Task PassAsync() => _app.Services.GetRequiredService<AuditService>().RunAsync(isAll: false, Cancellation);

    private async Task<AuditAnswer> ReadAsync(string query) =>
        (await Operator.GetFromJsonAsync<AuditAnswer>($"/v1/audit{query}", ContractJson.Options, Cancellation))!;
}

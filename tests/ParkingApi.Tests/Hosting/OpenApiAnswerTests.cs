using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Parking.Api.Archive;
using Parking.Api.Tests.Alarms;
using Parking.Api.Tests.Commands;
using Parking.Api.Tests.Infrastructure;
using Parking.Api.Use;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Hosting;

/// <summary>What the service answers is what its description says, for every operation, and so is every example.</summary>
public sealed partial class OpenApiAnswerTests(SharedApplication shared) : IClassFixture<SharedApplication>
{
    /// <summary>Its answer does not end by itself; its lines are held against their samples elsewhere.</summary>
    private static readonly string[] NotCalled = ["get /v1/recording"];

    private readonly ParkingApplication _app = shared.App;
    private readonly HashSet<string> _called = [.. NotCalled];
    private JsonObject _document = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answer_OfEveryOperation_IsAsDescribed()
    {
        await LoadAsync();
        using var anybody = _app.AnonymousClient();
        using var citizen = _app.CitizenClient("openapi-1");
        using var operators = _app.OperatorClient();
        using var gate = _app.GateClient("hsp-in-1");
        await _app.BeatAsync("hsp-in-1");

        foreach (var path in new[]
        {
            "/health", "/health/live", "/health/ready", "/v1/districts", "/v1/facilities", "/v1/tariffs/schema", "/.well-known/jwks.json",
            "/.well-known/cose-keys", "/.well-known/certificate-jwks.json", "/.well-known/certificate-cose-keys",
        })
        {
            await CallAsync(anybody, "get", path, path);
        }

        foreach (var part in new[] { "", "/tariff", "/price-board" })
        {
            await CallAsync(anybody, "get", $"/v1/facilities/{{id}}{part}", $"/v1/facilities/hsp{part}");
            await CallAsync(anybody, "get", $"/v1/facilities/{{id}}{part}", $"/v1/facilities/none{part}", HttpStatusCode.NotFound);
        }

        await CallAsync(citizen, "put", "/v1/me/vehicles", "/v1/me/vehicles", body: """{"vehicles":[{"plate":"沪A12345","class":"car"}]}""");
        await CallAsync(citizen, "put", "/v1/me/vehicles", "/v1/me/vehicles", HttpStatusCode.BadRequest, """{"vehicles":[{"plate":""}]}""");
        await CallAsync(citizen, "get", "/v1/me/vehicles", "/v1/me/vehicles");
        await CallAsync(anybody, "get", "/v1/me/vehicles", "/v1/me/vehicles", HttpStatusCode.Unauthorized);

        using var friend = _app.CitizenClient("openapi-2");
        const string mine = "/v1/me/vehicles", others = "/v1/me/shared-vehicles";
        var invited = await CallAsync(
            citizen, "post", $"{mine}/invitations", $"{mine}/invitations", body: """{"plate":"沪A12345"}""");
        await CallAsync(citizen, "get", mine, mine);
        await CallAsync(friend, "post", others, others, body: $$"""{"invitation":"{{invited!["invitation"]}}"}""");
        await CallAsync(friend, "post", others, others, HttpStatusCode.NotFound, """{"invitation":""}""");
        await CallAsync(citizen, "post", others, others, HttpStatusCode.Conflict, $$"""{"invitation":"{{invited["invitation"]}}"}""");
        await CallAsync(friend, "get", others, others);
        await CallAsync(citizen, "get", mine, mine);
        await CallAsync(citizen, "delete", $"{mine}/shares/{{share}}", $"{mine}/shares/{invited["share"]}");
        await CallAsync(friend, "delete", $"{others}/{{share}}", $"{others}/{invited["share"]}");
        await CallDevicesAsync(citizen, anybody);
        var minted = await CallAsync(citizen, "post", "/v1/codes", "/v1/codes", body: """{"plate":"沪A12345","symbol":true}""");
        var now = Instant.FromDateTimeOffset(_app.Time.GetUtcNow());
        var upload = new EventUpload
        {
            Journal = GateTalk.Journal,
            Events = [new ReportedScan { Seq = 1, DeviceTime = now, Code = $"{minted!["code"]}" }],
        };
        const string events = "/v1/gates/{gateId}/events", own = "/v1/gates/hsp-in-1";
        await CallAsync(gate, "post", events, $"{own}/events", body: JsonSerializer.Serialize(upload, GateProtocolJson.Options));
        await CallAsync(gate, "post", events, $"{own}/events", HttpStatusCode.BadRequest, """{"journal":"x","events":[]}""");
        await CallAsync(
            gate, "post", events, $"{own}/events", HttpStatusCode.Conflict,
            $$"""{"journal":"{{GateTalk.Journal}}","events":[{"type":"act","seq":1,"deviceTime":"{{now}}","act":"passed"}]}""");
        await CallAsync(
            gate, "post", "/v1/gates/{gateId}/heartbeats", $"{own}/heartbeats",
            body: $$"""{"journal":"{{GateTalk.Journal}}","lastSeq":1,"deviceTime":"2026-05-04T08:30:15Z"}""");
        await CallAsync(gate, "get", "/v1/gates/{gateId}/feed", $"{own}/feed");
        await CallAsync(gate, "get", "/v1/gates/{gateId}/revocations", $"{own}/revocations");
        await CallAsync(gate, "get", "/v1/gates/{gateId}/revocations", $"{own}/revocations?after=-1", HttpStatusCode.BadRequest);

        const string commands = "/v1/gates/{id}/commands", waiting = "/v1/gates/{gateId}/commands";
        var id = Ulids.At(now).Value;
        var command = $$"""{"id":"{{id}}","command":"open_once","reason":"phone is broken"}""";
        await CallAsync(operators, "post", commands, $"{own}/commands", body: command);
        await CallAsync(operators, "post", commands, $"{own}/commands", HttpStatusCode.BadRequest, command.Replace("phone is broken", ""));
        await CallAsync(operators, "post", commands, $"{own}/commands", HttpStatusCode.Conflict, command.Replace("phone", "telephone"));
        await CallAsync(operators, "post", commands, "/v1/gates/none/commands", HttpStatusCode.NotFound, command);
        await CallAsync(operators, "get", $"{commands}/{{commandId}}", $"{own}/commands/{id}");
        await CallAsync(operators, "get", $"{commands}/{{commandId}}", $"{own}/commands/none", HttpStatusCode.NotFound);
        await CallAsync(gate, "get", waiting, $"{own}/commands");
        await CallAsync(gate, "get", waiting, $"{own}/commands?wait=26", HttpStatusCode.BadRequest);
        await CallAsync(
            gate, "post", $"{waiting}/{{commandId}}/claims", $"{own}/commands/{id}/claims",
            body: $$"""{"journal":"{{GateTalk.Journal}}","seq":2}""");

        var stays = await CallAsync(citizen, "get", "/v1/me/stays", "/v1/me/stays");
        await CallAsync(citizen, "get", "/v1/stays/{id}", $"/v1/stays/{stays!["open"]![0]!["id"]}");
        await CallAsync(citizen, "delete", "/v1/me", "/v1/me", HttpStatusCode.Conflict);
        await CallAsync(friend, "delete", "/v1/me", "/v1/me", HttpStatusCode.NoContent);
        await CallAsync(citizen, "get", "/v1/session", "/v1/session");
        await CallAsync(
            citizen, "post", "/v1/tariffs/quotes", "/v1/tariffs/quotes",
            body: "{\"facility\":\"hsp\"}\n{\"enteredAt\":\"2026-05-04T00:30:15Z\",\"exitedAt\":\"2026-05-04T02:00:00Z\"}\n",
            mediaType: "application/x-ndjson");

        foreach (var path in new[] { "/v1/gates", "/v1/risk", "/v1/risk/stays" })
        {
            await CallAsync(operators, "get", path, path);
            await CallAsync(citizen, "get", path, path, HttpStatusCode.Forbidden);
        }

        foreach (var part in new[] { "gates", "log", "occupancy/today" })
        {
            await CallAsync(operators, "get", $"/v1/facilities/{{id}}/{part}", $"/v1/facilities/hsp/{part}");
        }

        await _app.Services.GetRequiredService<DrainService>().CatchUpAsync(TestContext.Current.CancellationToken);
        const string archive = "/v1/archive/stays";
        await CallAsync(operators, "get", archive, $"{archive}?facility=hsp");
        await CallAsync(operators, "get", archive, archive, HttpStatusCode.BadRequest);
        await CallAsync(operators, "get", $"{archive}/{{id}}", $"{archive}/{stays["open"]![0]!["id"]}");
        await CallAsync(
            operators, "post", $"{archive}/by-plate", $"{archive}/by-plate", body: """{"plate":"沪A12345","reason":"lost property"}""");
        const string archived = "/v1/me/archive/stays";
        await CallAsync(citizen, "get", archived, archived);
        await CallAsync(citizen, "get", archived, $"{archived}?limit=0", HttpStatusCode.BadRequest);
        await CallAsync(citizen, "get", $"{archived}/{{id}}", $"{archived}/{stays["open"]![0]!["id"]}");
        await CallAsync(citizen, "get", $"{archived}/{{id}}", $"{archived}/none", HttpStatusCode.NotFound);
        await CallCasesAsync(citizen, operators, $"{stays["open"]![0]!["id"]}", now);
        await _app.Services.GetRequiredService<UseService>().CatchUpAsync(TestContext.Current.CancellationToken);
        const string facilityUse = "/v1/facilities/{id}/use", days = "?from=2026-05-01&to=2026-05-31";
        await CallAsync(operators, "get", facilityUse, $"/v1/facilities/hsp/use{days}");
        await CallAsync(operators, "get", facilityUse, $"/v1/facilities/hsp/use{days}&format=csv");
        await CallAsync(operators, "get", facilityUse, "/v1/facilities/hsp/use", HttpStatusCode.BadRequest);
        await CallAsync(operators, "get", "/v1/use", $"/v1/use{days}&limit=1");
        await CallAsync(operators, "get", "/v1/use", $"/v1/use{days}&format=csv");
        await CallAsync(operators, "get", "/v1/use", "/v1/use", HttpStatusCode.BadRequest);
        await _app.ReportAsync("hsp-out-1", 1, GateIncident.BarrierFault);
        await _app.PassAsync(1);
        const string alarms = "/v1/alarms", fault = "/v1/alarms/exit_barrier_fault:hsp-out-1";
        await CallAsync(operators, "get", alarms, alarms);
        await CallAsync(operators, "get", alarms, $"{alarms}?state=full", HttpStatusCode.BadRequest);
        await CallAsync(
            operators, "post", $"{alarms}/{{id}}/shelve", $"{fault}/shelve",
            body: $$"""{"reason":"road works","until":"{{_app.Now() + NodaTime.Duration.FromHours(1)}}"}""");
        await CallAsync(operators, "get", alarms, alarms);
        await CallAsync(operators, "post", $"{alarms}/{{id}}/unshelve", $"{fault}/unshelve");
        await CallAsync(operators, "post", $"{alarms}/{{id}}/unshelve", $"{alarms}/none/unshelve", HttpStatusCode.NotFound);
        await CallAsync(
            operators, "post", $"{alarms}/acknowledge", $"{alarms}/acknowledge",
            body: """{"alarms":[{"id":"exit_barrier_fault:hsp-out-1","occurrence":1},{"id":"none","occurrence":1}]}""");
        const string audit = "/v1/audit";
        await CallAsync(operators, "get", audit, $"{audit}?facility=hsp");
        await CallAsync(operators, "get", audit, $"{audit}?limit=0", HttpStatusCode.BadRequest);
        await CallAsync(operators, "get", $"{audit}/export", $"{audit}/export");
        await CallAsync(operators, "delete", $"{audit}/{{sequence}}/detail", $"{audit}/1/detail", HttpStatusCode.NoContent);
        await CallAsync(operators, "delete", $"{audit}/{{sequence}}/detail", $"{audit}/1/detail", HttpStatusCode.NotFound);
        await CallAsync(operators, "put", "/v1/facilities/{id}/state", "/v1/facilities/hsp/state", body: """{"closed":false}""");
        const string inventories = "/v1/facilities/{id}/inventories", taken = "/v1/facilities/hsp/inventories";
        var found = $$"""
            "countedAt":"{{_app.Now()}}","count":1,"closes":["{{stays["open"]![0]!["id"]}}"]
            """;
        var preview = await CallAsync(operators, "post", $"{inventories}/preview", $"{taken}/preview", body: $"{{{found}}}");
        var inventory = $$"""
            {"id":"{{id}}",{{found}},"reason":"walked through","version":"{{preview!["version"]}}","despite":[
            {{string.Join(',', preview["doubted"]!.AsArray().Select(one => $"\"{one!["gate"]}\""))}}]}
            """;
        await CallAsync(operators, "post", inventories, taken, body: inventory);
        await CallAsync(
            operators, "post", inventories, taken, HttpStatusCode.Conflict, inventory.Replace("\"count\":1", "\"count\":2"));
        await CallAsync(operators, "post", "/v1/stays/{id}/close", $"/v1/stays/{stays["open"]![0]!["id"]}/close");
        await CallAsync(operators, "post", "/v1/facilities/{id}/rebuild", "/v1/facilities/hsp/rebuild");
        await CallAsync(operators, "post", "/v1/withdrawals", "/v1/withdrawals", HttpStatusCode.NoContent, """{"subject":"openapi-3"}""");
        const string screens = "/v1/screens";
        await CallAsync(operators, "post", screens, screens, body: $$"""{"id":"{{id}}","name":"left","scope":"city"}""");
        await CallAsync(
            operators, "post", screens, screens, HttpStatusCode.BadRequest, $$"""{"id":"{{id}}","name":"left","scope":"all"}""");
        await CallAsync(operators, "get", screens, screens);
        await CallAsync(operators, "delete", $"{screens}/{{id}}", $"{screens}/{id}", HttpStatusCode.NoContent);
        await CallAsync(operators, "delete", $"{screens}/{{id}}", $"{screens}/{id}", HttpStatusCode.NotFound);
        var key = (await CallAsync(anybody, "get", "/.well-known/jwks.json", "/.well-known/jwks.json"))!["keys"]![0]!["kid"];
        await CallAsync(operators, "post", "/v1/keys/{kid}/revoke", $"/v1/keys/{key}/revoke");

        Assert.Empty(Operations().Select(operation => operation.Name).Except(_called));
    }

    [Fact]
    public async Task Example_OfEveryBody_IsAsDescribed()
    {
        await LoadAsync();
        var wrong = new List<string>();
        foreach (var (name, operation) in Operations())
        {
            var bodies = operation["responses"]!.AsObject().Select(response => response.Value).Append(operation["requestBody"]);
            foreach (var (mediaType, content) in bodies.SelectMany(body => body?["content"]?.AsObject() ?? []))
            {
                var examples = (content!["examples"]?.AsObject() ?? []).Select(one => one.Value!["value"]).Append(content["example"]);
                wrong.AddRange(examples.Where(example => example is not null)
                    .SelectMany(example => ErrorsOf(content["schema"], example!))
                    .Select(error => $"{name} {mediaType}: {error}"));
            }
        }

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("/v1/facilities/hsp")]
    [InlineData("/health/ready")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/console")]
    public async Task Head_OfWhatCanBeGot_HasItsHeadersAndNoBody(string path)
    {
        using var client = _app.AnonymousClient();
        using var whole = await client.GetAsync(path, Cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Head, path);

        using var response = await client.SendAsync(request, Cancellation);

        Assert.Equal(whole.StatusCode, response.StatusCode);
        Assert.Equal(whole.Content.Headers.ContentType, response.Content.Headers.ContentType);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Theory]
    [InlineData("/openapi/v2.json")]
    [InlineData("/openapi/none")]
    public async Task Document_ThatThereIsNot_IsAProblem(string path)
    {
        using var client = _app.AnonymousClient();

        using var response = await client.GetAsync(path, Cancellation);

        await ProblemAssert.IsAsync(response, HttpStatusCode.NotFound, "not-found");
    }

    private async Task CallCasesAsync(HttpClient citizen, HttpClient operators, string stay, Instant now)
    {
        const string mine = "/v1/me/cases", cases = "/v1/cases", stays = "/v1/archive/stays";
        var opened = await CallAsync(citizen, "post", mine, mine, body: Dispute(stay, 1));
        await CallAsync(citizen, "post", mine, mine, HttpStatusCode.Conflict, Dispute(stay, 2));
        await CallAsync(citizen, "post", mine, mine, HttpStatusCode.NotFound, Dispute(new('0', 32), 2));
        await CallAsync(citizen, "get", mine, mine);
        await CallAsync(citizen, "get", "/v1/me/export", "/v1/me/export");
        await CallAsync(
            operators, "post", $"{stays}/{{id}}/cases", $"{stays}/{stay}/cases",
            body: $$"""{"id":"{{Ulids.At(now, 3)}}","text":"Who was it?","assignee":"li-na"}""");
        await CallAsync(operators, "get", stays, $"{stays}?case={opened!["number"]}");
        await CallAsync(operators, "get", cases, $"{cases}?state=open");
        await CallAsync(operators, "get", cases, $"{cases}?state=shut", HttpStatusCode.BadRequest);
        var path = $"{cases}/{opened["number"]}";
        await CallAsync(
            operators, "post", $"{cases}/{{number}}/assign", $"{path}/assign",
            body: $$"""{"id":"{{Ulids.At(now, 4)}}","version":1,"assignee":"li-na"}""");
        await CallAsync(operators, "post", $"{cases}/{{number}}/answer", $"{path}/answer", body: End(5, 2));
        await CallAsync(operators, "post", $"{cases}/{{number}}/answer", $"{path}/answer", HttpStatusCode.Conflict, End(6, 2));
        await CallAsync(operators, "get", $"{cases}/{{number}}", path);
        await CallAsync(operators, "get", $"{cases}/{{number}}", $"{cases}/none", HttpStatusCode.NotFound);
        await CallAsync(citizen, "post", mine, mine, body: Dispute(stay, 7));
        var next = (await CallAsync(citizen, "get", mine, mine))!["cases"]![0]!["number"];
        await CallAsync(operators, "post", $"{cases}/{{number}}/close", $"{cases}/{next}/close", body: End(8, 1));

        string Dispute(string of, int n) =>
            $$"""{"id":"{{Ulids.At(now, n)}}","stay":"{{of}}","reason":"price","text":"It was free."}""";

        string End(int n, long version) => $$"""{"id":"{{Ulids.At(now, n)}}","version":{{version}},"text":"It is free now."}""";
    }

    private async Task LoadAsync()
    {
        using var client = _app.AnonymousClient();
        _document = (await client.GetFromJsonAsync<JsonObject>("/openapi/v1.json", Cancellation))!;
    }

    private IEnumerable<(string Name, JsonNode Operation)> Operations() => _document["paths"]!.AsObject()
        .SelectMany(path => path.Value!.AsObject().Select(operation => ($"{operation.Key} {path.Key}", operation.Value!)));

    /// <summary>Calls an operation, and holds its answer against the description.</summary>
    /// <returns>The answer, if it is JSON.</returns>
    private async Task<JsonNode?> CallAsync(
        HttpClient client,
        string method,
        string template,
        string path,
        HttpStatusCode expected = HttpStatusCode.OK,
        string? body = null,
        string mediaType = "application/json")
    {
        using var request = new HttpRequestMessage(new(method.ToUpperInvariant()), path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, mediaType);
        using var response = await client.SendAsync(request, Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(response.StatusCode == expected, $"{method} {path}: {response.StatusCode} {text}");
        _called.Add($"{method} {template}");

        if (expected == HttpStatusCode.NoContent)
        {
            Assert.NotNull(_document["paths"]![template]![method]!["responses"]!["204"]);
            Assert.Empty(text);
            return null;
        }

        var answered = response.Content.Headers.ContentType!.MediaType!;
        var content = _document["paths"]![template]![method]!["responses"]![$"{(int)expected}"]?["content"]?[answered];
        Assert.True(content is not null, $"{method} {template} answered {(int)expected} as {answered}, which is not described.");
        if (!answered.EndsWith("json", StringComparison.Ordinal) || answered.EndsWith("ndjson", StringComparison.Ordinal))
        {
            return null;
        }

        var answer = JsonNode.Parse(text);
        Assert.Empty(ErrorsOf(content!["schema"], answer!).Select(error => $"{method} {path}: {error}"));
        return answer;
    }

    private IEnumerable<string> ErrorsOf(JsonNode? schema, JsonNode value)
    {
        if (schema is null)
        {
            return ["there is no schema"];
        }

        var whole = new JsonObject
        {
            ["allOf"] = new JsonArray(schema.DeepClone()),
            ["$defs"] = _document["components"]!["schemas"]!.DeepClone(),
        };
        var text = whole.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal);
        var result = JsonSchema.FromText(text).Evaluate(
            JsonSerializer.SerializeToElement(value), new EvaluationOptions { OutputFormat = OutputFormat.List });
        return result.IsValid
            ? []
            : (result.Details ?? []).SelectMany(detail => (detail.Errors ?? new Dictionary<string, string>())
                .Select(error => $"{detail.InstanceLocation} {error.Value}"));
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Parking.Api.Hosting.Identity;
using Parking.Api.Tests.Infrastructure;
using Parking.Ports;

namespace Parking.Api.Tests.Hosting;

public sealed class ProblemTests(SharedApplication shared) : IClassFixture<SharedApplication>
{
    private readonly ParkingApplication _app = shared.App;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("""{"vehicles":null}""")]
    [InlineData("""{"vehicles":{}}""")]
    [InlineData("""{"vehicles":[null]}""")]
    [InlineData("""{"vehicles":[{"plate":"沪A12345"}]}""")]
    [InlineData("""{"vehicles":[{"plate":"沪A12345","class":"tram"}]}""")]
    [InlineData("""{"vehicles":[{"plate":"沪A12345","class":1}]}""")]
    [InlineData("""{"vehicles":[{"plate":7,"class":"car"}]}""")]
    [InlineData("""{"vehicles":[{"plate":"","class":"car"}]}""")]
    [InlineData("""{"vehicles":[{"plate":"沪A12345","class":"car","colour":"red"}]}""")]
    [InlineData("""{"vehicles":[],"more":1}""")]
    [InlineData("""{"vehicles":[{"plate":"A1","class":"car"},{"plate":"a 1","class":"car"}]}""")]
    public async Task PutVehicles_NotOfItsForm_IsInvalidRequest(string body)
    {
        using var client = _app.CitizenClient("alice-310101");

        using var response = await client.PutAsync("/v1/me/vehicles", Json(body), Cancellation);

        await ProblemAssert.IsAsync(response, HttpStatusCode.BadRequest, "invalid-request");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{"plate":5}""")]
    [InlineData("""{"plates":"沪A12345"}""")]
    public async Task PostCodes_NotOfItsForm_IsInvalidRequest(string body)
    {
        using var client = _app.CitizenClient("alice-310101");

        using var response = await client.PostAsync("/v1/codes", Json(body), Cancellation);

        await ProblemAssert.IsAsync(response, HttpStatusCode.BadRequest, "invalid-request");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"journal":"9f2c4e1ab03d5577"}""")]
    [InlineData("""{"journal":"9f2c4e1ab03d5577","events":[]}""")]
    [InlineData("""{"journal":"9f2c4e1ab03d5577","events":{}}""")]
    [InlineData("""{"journal":"9f2c4e1ab03d5577","events":[null]}""")]
    [InlineData(
        """{"journal":"9f2c4e1ab03d5577","events":[{"type":"scan","seq":"1","deviceTime":"2026-05-04T08:30:16Z","code":"SP1:X"}]}""")]
    [InlineData("""{"journal":"9f2c4e1ab03d5577","events":[{"type":"scan","seq":0,"deviceTime":"2026-05-04T08:30:16Z","code":"SP1:X"}]}""")]
    [InlineData(
        """{"journal":"9f2c4e1ab03d5577","events":[{"type":"scan","seq":1.5,"deviceTime":"2026-05-04T08:30:16Z","code":"SP1:X"}]}""")]
    [InlineData(
        """{"journal":"9f2c4e1ab03d5577","events":[{"type":"scan","seq":99999999999999999999"""
            + ""","deviceTime":"2026-05-04T08:30:16Z","code":"SP1:X"}]}""")]
    [InlineData(
        """{"journal":"9f2c4e1ab03d5577","events":[{"type":"scan","seq":9007199254740992"""
            + ""","deviceTime":"2026-05-04T08:30:16Z","code":"SP1:X"}]}""")]
    [InlineData("""{"journal":"9F2C4E1AB03D5577","events":[{"type":"scan","seq":1,"deviceTime":"2026-05-04T08:30:16Z","code":"SP1:X"}]}""")]
    [InlineData("""{"journal":"short","events":[{"type":"scan","seq":1,"deviceTime":"2026-05-04T08:30:16Z","code":"SP1:X"}]}""")]
    [InlineData("""{"journal":null,"events":[{"type":"scan","seq":1,"deviceTime":"2026-05-04T08:30:16Z","code":"SP1:X"}]}""")]
    [InlineData(
        """{"journal":"9f2c4e1ab03d5577","events":[{"type":"scan","seq":1,"deviceTime":"2026-05-04T08:30:16Z","code":"SP1:X"}]"""
            + ""","more":1}""")]
    [InlineData("""{"journal":"9f2c4e1ab03d5577","seq":1,"deviceTime":"2026-05-04T08:30:16Z","code":"SP1:X"}""")]
    public async Task PostEvents_NotOfItsForm_IsInvalidRequest(string body)
    {
        using var client = _app.GateClient("hsp-in-1");

        using var response = await client.PostAsync("/v1/gates/hsp-in-1/events", Json(body), Cancellation);

        await ProblemAssert.IsAsync(response, HttpStatusCode.BadRequest, "invalid-request");
    }

    [Fact]
    public async Task PostEvents_OutOfRange_SaysWhatIsWrongAndNamesThePlace()
    {
        using var client = _app.GateClient("hsp-in-1");

        using var response = await client.PostAsync(
            "/v1/gates/hsp-in-1/events",
            Json(
                """{"journal":"9f2c4e1ab03d5577","events":[{"type":"scan","seq":0,"deviceTime":"2026-05-04T08:30:16Z","code":"SP1:X"}]}"""),
            Cancellation);

        Assert.Contains("\"events[0].seq\":[", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Contains(
            "seq counts 1, 2, 3",
            await ProblemAssert.IsAsync(response, HttpStatusCode.BadRequest, "invalid-request"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task PostEvents_WithAMistypedKey_IsUnauthenticated()
    {
        var key = _app.GateKeyOf("hsp-in-1");
        foreach (var last in "ABCDEFGH-_")
        {
            using var client = _app.AnonymousClient();
            client.DefaultRequestHeaders.Authorization = new("Gate", key[..^1] + (last == key[^1] ? 'Z' : last));

            using var response = await client.PostAsync("/v1/gates/hsp-in-1/events", Json("{}"), Cancellation);

            await ProblemAssert.IsAsync(response, HttpStatusCode.Unauthorized, "unauthenticated");
        }

        // Otherwise anybody could fill the log.
        Assert.DoesNotContain(_app.Log.Lines, line => line.Contains(nameof(GateAuthenticationHandler), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("bogus")]
    [InlineData("utf-7")]
    public async Task Body_InAnUnknownEncoding_IsUnsupported(string charset)
    {
        using var client = _app.CitizenClient("alice-310101");
        using var body = Json("{}");
        body.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse($"application/json; charset={charset}");

        using var response = await client.PostAsync("/v1/codes", body, Cancellation);

        await ProblemAssert.IsAsync(response, HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
    }

    [Fact]
    public async Task Body_OfUnknownField_SaysWhere()
    {
        using var client = _app.CitizenClient("alice-310101");

        using var response = await client.PostAsync("/v1/codes", Json("""{"plates":"沪A12345"}"""), Cancellation);

        var detail = await ProblemAssert.IsAsync(response, HttpStatusCode.BadRequest, "invalid-request");
        Assert.Equal("The body is not JSON, or a field is missing, unknown or of the wrong type, at $.plates.", detail);
    }

    [Fact]
    public async Task Body_OfAnotherMediaType_IsUnsupported()
    {
        using var client = _app.CitizenClient("alice-310101");

        using var response = await client.PutAsync(
            "/v1/me/vehicles", new StringContent("plate=1", Encoding.UTF8, "text/plain"), Cancellation);

        await ProblemAssert.IsAsync(response, HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
    }

    [Fact]
    public async Task Body_LargerThanAnyCallTakes_IsTooLarge()
    {
        using var app = new ParkingApplication().OnKestrel();
        using var client = app.CitizenClient("alice-310101");

        using var response = await client.PutAsync(
            "/v1/me/vehicles", Json($$"""{"vehicles":"{{new string('a', 64 * 1024)}}"}"""), Cancellation);

        await ProblemAssert.IsAsync(response, HttpStatusCode.RequestEntityTooLarge, "body-too-large");
    }

    [Fact]
    public async Task Address_Unknown_IsNotFound()
    {
        using var client = _app.AnonymousClient();

        using var response = await client.GetAsync("/v1/nothing", Cancellation);

        await ProblemAssert.IsAsync(response, HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Method_Unknown_IsNotAllowedAndSaysWhichAre()
    {
        using var client = _app.AnonymousClient();

        using var response = await client.DeleteAsync("/v1/me/vehicles", Cancellation);

        await ProblemAssert.IsAsync(response, HttpStatusCode.MethodNotAllowed, "method-not-allowed");
        Assert.Equal(["GET", "PUT"], response.Content.Headers.Allow.Order());
    }

    [Theory]
    [InlineData("/v1/me/vehicles", "Bearer")]
    [InlineData("/v1/me/stays", "Bearer")]
    public async Task Caller_Unknown_IsToldHowToSignIn(string path, string scheme)
    {
        using var client = _app.AnonymousClient();

        using var response = await client.GetAsync(path, Cancellation);

        await ProblemAssert.IsAsync(response, HttpStatusCode.Unauthorized, "unauthenticated");
        Assert.Equal(scheme, Assert.Single(response.Headers.WwwAuthenticate).Scheme);
    }

    [Theory]
    [InlineData("hsp-in-1")]
    [InlineData("no-such-gate")]
    public async Task Scan_WithoutAKey_DoesNotTellWhetherTheGateExists(string gate)
    {
        using var client = _app.AnonymousClient();

        using var response = await client.PostAsync($"/v1/gates/{gate}/events", Json("{}"), Cancellation);

        await ProblemAssert.IsAsync(response, HttpStatusCode.Unauthorized, "unauthenticated");
        Assert.Equal("Gate", Assert.Single(response.Headers.WwwAuthenticate).Scheme);
    }

    [Theory]
    [InlineData("hsp-in-2")]
    [InlineData("no-such-gate")]
    public async Task Scan_AtAnotherGatesAddress_IsGateMismatch(string gate)
    {
        using var client = _app.GateClient("hsp-in-1");

        using var response = await client.PostAsync($"/v1/gates/{gate}/events", Json("{}"), Cancellation);

        await ProblemAssert.IsAsync(response, HttpStatusCode.Forbidden, "gate-mismatch");
    }

    [Fact]
    public async Task Rebuild_ByACitizen_IsForbidden()
    {
        using var client = _app.CitizenClient("alice-310101");

        using var response = await client.PostAsync("/v1/facilities/yuyuan/rebuild", null, Cancellation);

        await ProblemAssert.IsAsync(response, HttpStatusCode.Forbidden, "forbidden", "needed");
    }

    [Fact]
    public async Task Store_OutOfReach_IsUnavailableAndSaysWhenToComeAgain()
    {
        using var app = WithStoreThat(() => throw new StoreUnavailableException("The password of the store is s3cret."));
        using var client = app.OperatorClient();

        using var response = await client.PostAsync("/v1/facilities/yuyuan/rebuild", null, Cancellation);

        var detail = await ProblemAssert.IsAsync(response, HttpStatusCode.ServiceUnavailable, "store-unavailable");
        Assert.DoesNotContain("s3cret", detail, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Service_Broken_SaysNothingOfHow()
    {
        using var app = WithStoreThat(() => throw new InvalidOperationException("An inner matter."));
        using var client = app.OperatorClient();

        using var response = await client.PostAsync("/v1/facilities/yuyuan/rebuild", null, Cancellation);

        var detail = await ProblemAssert.IsAsync(response, HttpStatusCode.InternalServerError, "internal-error");
        Assert.DoesNotContain("inner", detail, StringComparison.Ordinal);
        Assert.Contains(
            app.Log.Lines,
            line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("An inner matter.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Service_Broken_IsFoundInTheLogByTheTraceIdOfTheProblem()
    {
        using var app = WithStoreThat(() => throw new InvalidOperationException("An inner matter."));
        using var client = app.OperatorClient();
        using var response = await client.PostAsync("/v1/facilities/yuyuan/rebuild", null, Cancellation);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);

        // W3C form: version, trace id, span id, flags. The log has the trace id in the line of each event.
        var traceId = problem.GetProperty("traceId").GetString()!.Split('-')[1];

        var line = Assert.Single(app.Log.Lines, line => line.Contains(" 1002 RequestFailed:", StringComparison.Ordinal));
        Assert.Contains($"TraceId:{traceId}", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "?id=none", 404, "not-found")]
    [InlineData("GET", "?id=none", 404, "not-found")]
    [InlineData("DELETE", "?id=none", 404, "not-found")]
    [InlineData("POST", "", 400, "invalid-request")]
    [InlineData("GET", "", 400, "invalid-request")]
    [InlineData("DELETE", "", 400, "invalid-request")]
    [InlineData("PUT", "?id=none", 405, "method-not-allowed")]
    [InlineData("GET", "/negotiate?negotiateVersion=1", 405, "method-not-allowed")]
    [InlineData("POST", "/none", 404, "not-found")]
    public async Task Hub_CalledWithoutAConnection_AnswersAProblem(string method, string rest, int status, string name)
    {
        using var client = _app.OperatorClient();
        using var request = new HttpRequestMessage(new(method), $"/hubs/occupancy{rest}");

        using var response = await client.SendAsync(request, Cancellation);

        await ProblemAssert.IsAsync(response, (HttpStatusCode)status, name);
    }

    /// <summary>Pages are compressed on their way out, and browsers say with every call that they take that.</summary>
    [Theory]
    [InlineData("?id=none", 404, "not-found")]
    [InlineData("", 400, "invalid-request")]
    public async Task Hub_CalledWithoutAConnection_ByABrowser_AnswersAProblem(string rest, int status, string name)
    {
        using var client = _app.OperatorClient();
        client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip, br");

        using var response = await client.GetAsync($"/hubs/occupancy{rest}", Cancellation);

        await ProblemAssert.IsAsync(response, (HttpStatusCode)status, name);
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private static ParkingApplication WithStoreThat(Action fails) => new()
    {
        Replace = services => services.Replace(ServiceDescriptor.Singleton(BrokenStore.Create(fails))),
    };
}

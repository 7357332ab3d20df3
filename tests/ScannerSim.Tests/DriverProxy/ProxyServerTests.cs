using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Parking.DriverProxy;
using Parking.Simulation.Service;

namespace Parking.ScannerSim.Tests.DriverProxy;

/// <summary>What a phone reaches over https, and what it does not: before a real service, with a certificate of a private CA.</summary>
public sealed class ProxyServerTests(ProxyDoor door) : IClassFixture<ProxyDoor>, IDisposable
{
    private const string Driver = "demo-driver-1", Operator = "demo-controller", Record = "\u001e";

    private static readonly UriCreationOptions AsItIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly ProxyPhone _phone = new(door.Origin);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _phone.Dispose();

    [Theory]
    [InlineData("/driver", "text/html")]
    [InlineData("/driver?lang=en", "text/html")]
    [InlineData("/driver/sw.js", "text/javascript")]
    [InlineData("/driver/driver.js", "text/javascript")]
    [InlineData("/driver/driver.css", "text/css")]
    [InlineData("/driver/en.webmanifest", "application/manifest+json")]
    [InlineData("/driver/parts/vehicles", "text/html")]
    [InlineData("/driver/parts/gates", "text/html")]
    [InlineData("/driver/offline/offline.js", "text/javascript")]
    [InlineData("/shared/session.js", "text/javascript")]
    [InlineData("/sign-in/failed", "text/html")]
    [InlineData("/sign-in/sign-in.css", "text/css")]
    [InlineData("/v1/districts", "application/json")]
    [InlineData("/v1/facilities", "application/json")]
    [InlineData("/v1/facilities/hsp", "application/json")]
    [InlineData("/v1/facilities/hsp/price-board", "application/json")]
    public async Task Get_WhatThePageNeeds_ComesAsTheServiceSendsIt(string path, string mediaType)
    {
        using var answer = await _phone.Http.GetAsync(path, Cancellation);

        Assert.Equal((HttpStatusCode.OK, mediaType), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        var direct = await door.City.Http.GetByteArrayAsync(path, Cancellation);
        if (!path.StartsWith("/v1/", StringComparison.Ordinal))
        {
            Assert.Equal(direct, await answer.Content.ReadAsByteArrayAsync(Cancellation));
        }
    }

    [Fact]
    public async Task Get_TheWorker_MayServeThePageItself()
    {
        using var answer = await _phone.Http.GetAsync("/driver/sw.js", Cancellation);

        Assert.Equal("/driver", Assert.Single(answer.Headers.GetValues("Service-Worker-Allowed")));
    }

    [Theory]
    [InlineData("GET", "/console")]
    [InlineData("GET", "/console/console.js")]
    [InlineData("GET", "/console/parts/alarms")]
    [InlineData("GET", "/screen/screen.js")]
    [InlineData("GET", "/sign-in/screen")]
    [InlineData("GET", "/v1/gates")]
    [InlineData("POST", "/v1/gates/hsp-in-1/events")]
    [InlineData("POST", "/v1/gates/hsp-in-1/commands")]
    [InlineData("GET", "/v1/gates/hsp-in-1/revocations")]
    [InlineData("PUT", "/v1/facilities/hsp/state")]
    [InlineData("POST", "/v1/facilities/hsp/rebuild")]
    [InlineData("GET", "/v1/facilities/hsp/log")]
    [InlineData("POST", "/v1/stays/0/close")]
    [InlineData("GET", "/v1/archive/stays")]
    [InlineData("GET", "/v1/alarms")]
    [InlineData("GET", "/v1/audit")]
    [InlineData("GET", "/v1/cases")]
    [InlineData("POST", "/v1/tariffs/quotes")]
    [InlineData("GET", "/hubs/occupancy")]
    [InlineData("POST", "/hubs/occupancy/negotiate")]
    [InlineData("GET", "/simulation/clock")]
    [InlineData("POST", "/simulation/clock")]
    [InlineData("GET", "/development/openid-configuration")]
    [InlineData("GET", "/development/jwks")]
    [InlineData("POST", "/development/token")]
    [InlineData("GET", "/health/ready")]
    [InlineData("GET", "/metrics")]
    [InlineData("GET", "/openapi/v1.json")]
    [InlineData("GET", "/scalar")]
    [InlineData("DELETE", "/driver")]
    [InlineData("POST", "/driver")]
    [InlineData("GET", "/v1/codes")]
    [InlineData("GET", "/driver/../console")]
    [InlineData("GET", "/driver/%2e%2e/console")]
    [InlineData("GET", "/driver/%252e%252e/console")]
    [InlineData("GET", "/driver/%2e%2e%2fconsole")]
    [InlineData("GET", "/driver/..%5cconsole")]
    [InlineData("GET", "//console")]
    [InlineData("GET", "/CONSOLE")]
    [InlineData("GET", "/driver?access_token=x")]
    public async Task Call_OfAnythingElse_IsNotFound(string method, string path)
    {
        using var request = new HttpRequestMessage(
            new HttpMethod(method),
            new Uri($"{door.Origin.GetLeftPart(UriPartial.Authority)}{path}", AsItIs));
        request.Headers.Authorization = new("Bearer", door.City.Identities.OperatorToken());

        using var answer = await _phone.Http.SendAsync(request, Cancellation);

        await AssertProblemAsync(answer, HttpStatusCode.NotFound, "urn:parking:not-found");
    }

    [Fact]
    public async Task SignIn_AsADriver_LeadsToThePage_ASessionAndACode()
    {
        using var page = await _phone.SignInAsync(Driver);

        Assert.Equal(new Uri(door.Origin, "/driver"), page.RequestMessage!.RequestUri);
        var session = await _phone.Http.GetFromJsonAsync<JsonNode>("/v1/session", Cancellation);
        Assert.Equal("林夏 Lin Xia", (string?)session!["name"]);
        var token = (string)session["csrfToken"]!;
        using var code = await _phone.PostAsync("/v1/codes", new { }, door.Origin, token);
        var minted = await code.Content.ReadFromJsonAsync<JsonNode>(Cancellation);
        Assert.StartsWith("SP1:", (string?)minted!["code"], StringComparison.Ordinal);
        var vehicles = await _phone.Http.GetFromJsonAsync<JsonNode>("/v1/me/vehicles", Cancellation);
        Assert.Equal(2, vehicles!["vehicles"]!.AsArray().Count);
        var gates = await _phone.Http.GetFromJsonAsync<JsonNode>("/demo/gates", Cancellation);
        Assert.NotEmpty(gates!["gates"]!.AsArray());
        using var end = await _phone.PostAsync("/sign-out", new { }, door.Origin, token);
        Assert.Equal(HttpStatusCode.NoContent, end.StatusCode);
        using var after = await _phone.Http.GetAsync("/v1/session", Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
    }

    [Fact]
    public async Task SignIn_EveryCookie_IsForHttpsAndThePagesOwnHostOnly()
    {
        using var page = await _phone.SignInAsync(Driver);
        using var session = await _phone.Http.GetAsync("/v1/session", Cancellation);

        var cookies = _phone.Cookies.GetAllCookies();
        Assert.Contains(cookies, cookie => cookie.Name.StartsWith("__Host-", StringComparison.Ordinal));
        Assert.Contains(cookies, cookie => cookie.Name == "parking-csrf");
        Assert.All(cookies, cookie => Assert.True(cookie.Secure && cookie.Domain == door.Origin.Host, cookie.Name));
    }

    [Fact]
    public async Task SignIn_AsAnOperator_IsNotOffered_AndChoosingOneLeadsNowhere()
    {
        using var offered = await _phone.Http.GetAsync("/sign-in?to=/driver", Cancellation);
        var people = await offered.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal(2, ProxyPhone.PersonLink().Count(people));
        Assert.DoesNotContain(Operator, people, StringComparison.Ordinal);
        using var chosen = await _phone.Http.GetAsync(
            WebUtility.HtmlDecode(ProxyPhone.PersonLink().Match(people).Groups[1].Value)
                .Replace(Driver, Operator, StringComparison.Ordinal),
            Cancellation);
        Assert.Equal("/development/sign-in", chosen.RequestMessage!.RequestUri!.AbsolutePath);
        using var session = await _phone.Http.GetAsync("/v1/session", Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, session.StatusCode);
    }

    [Fact]
    public async Task SignIn_AtTheServiceItself_StillOffersOperators()
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = door.City.Origin };

        Assert.Contains(Operator, await http.GetStringAsync("/sign-in?to=/console", Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_WithABearerToken_IsThatOfNobody()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/session");
        request.Headers.Authorization = new("Bearer", door.City.Identities.OperatorToken());

        using var answer = await _phone.Http.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    /// <summary>What a phone says of its time and address, and that it is no phone, is not passed on.</summary>
    [Fact]
    public async Task Call_WithHeadersOfTheProxysOwn_CannotSteerTheService()
    {
        using var page = await _phone.SignInAsync(Driver);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/me/stays");
        request.Headers.Add("Simulation-Time", "2030-01-01T00:00:00Z");
        request.Headers.Add("X-Forwarded-Host", "evil.example");

        using var answer = await _phone.Http.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>Of the phone's own mark, whatever it says and however often, nothing is left.</summary>
    [Fact]
    public async Task SignIn_WithAMarkOfThePhonesOwn_OffersDriversOnly()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in?to=/driver");
        request.Headers.Add("Demo-Drivers-Only", ["", "false"]);

        using var offered = await _phone.Http.SendAsync(request, Cancellation);

        Assert.DoesNotContain(Operator, await offered.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1")]
    public async Task Call_AtAForeignHost_IsRefused(string host)
    {
        using var phone = new ProxyPhone(door.Origin, trustsAnyName: true);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/driver") { Headers = { Host = host } };

        using var answer = await phone.Http.SendAsync(request, Cancellation);

        await AssertProblemAsync(answer, HttpStatusCode.MisdirectedRequest, "urn:parking:foreign-host");
    }

    [Fact]
    public async Task Call_WithTheServicesOwnHost_IsRefused()
    {
        using var phone = new ProxyPhone(door.Origin, trustsAnyName: true);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/driver") { Headers = { Host = door.City.Origin.Authority } };

        using var answer = await phone.Http.SendAsync(request, Cancellation);

        await AssertProblemAsync(answer, HttpStatusCode.MisdirectedRequest, "urn:parking:foreign-host");
    }

    [Fact]
    public async Task Call_FromAForeignOrigin_IsRefused_AndSoIsOneWithoutAnOrigin()
    {
        using var page = await _phone.SignInAsync(Driver);
        var token = (string)(await _phone.Http.GetFromJsonAsync<JsonNode>("/v1/session", Cancellation))!["csrfToken"]!;

        foreach (var origin in new[] { new Uri("https://evil.example"), door.City.Origin, null })
        {
            using var answer = await _phone.PostAsync("/v1/codes", new { }, origin, token);
            await AssertProblemAsync(answer, HttpStatusCode.Forbidden, "urn:parking:foreign-origin");
        }
        using var withoutToken = await _phone.PostAsync("/v1/codes", new { }, door.Origin, token: null);
        await AssertProblemAsync(withoutToken, HttpStatusCode.Forbidden, "urn:parking:invalid-csrf-token");
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Hub_OfASignedInDriver_Opens(string version)
    {
        using var page = await _phone.SignInAsync(Driver);
        using var socket = await _phone.ConnectAsync("/hubs/driver", door.Origin, Version.Parse(version));

        await socket.SendAsync(
            Encoding.UTF8.GetBytes($$"""{"protocol":"json","version":1}{{Record}}"""), WebSocketMessageType.Text, true, Cancellation);

        var bytes = new byte[64];
        var got = await socket.ReceiveAsync(bytes, Cancellation);
        Assert.StartsWith($"{{}}{Record}", Encoding.UTF8.GetString(bytes, 0, got.Count), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hub_FromAForeignOrigin_IsRefused()
    {
        using var page = await _phone.SignInAsync(Driver);

        await Assert.ThrowsAsync<WebSocketException>(
            () => _phone.ConnectAsync("/hubs/driver", new Uri("https://evil.example"), HttpVersion.Version11));
    }

    [Fact]
    public async Task Hub_OfOperators_IsNotThere()
    {
        using var page = await _phone.SignInAsync(Driver);

        await Assert.ThrowsAsync<WebSocketException>(() => _phone.ConnectAsync("/hubs/occupancy", door.Origin, HttpVersion.Version11));
    }

    [Fact]
    public async Task Start_WhereSomebodyListens_SaysSo()
    {
        using var certificate = door.LoadCertificate();

        var error = await Assert.ThrowsAnyAsync<IOException>(
            () => ProxyServer.StartAsync(new ListenAddress(door.Origin), certificate, door.City.Origin, Cancellation));

        Assert.Contains($"{door.Origin.Port}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_AtAnAddressOfAnotherMachine_SaysSo()
    {
        using var certificate = door.LoadCertificate();
        var address = new ListenAddress(new Uri($"https://192.0.2.1:{LoopbackPort.FindFree()}"));

        var error = await Assert.ThrowsAnyAsync<IOException>(
            () => ProxyServer.StartAsync(address, certificate, door.City.Origin, Cancellation));

        Assert.Contains("192.0.2.1", error.Message, StringComparison.Ordinal);
    }

    private static async Task AssertProblemAsync(HttpResponseMessage answer, HttpStatusCode status, string type)
    {
        var body = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.True(status == answer.StatusCode, $"{(int)answer.StatusCode} {body}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(type, (string?)JsonNode.Parse(body)!["type"]);
    }
}

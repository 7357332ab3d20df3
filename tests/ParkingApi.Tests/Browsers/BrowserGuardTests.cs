using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Parking.Api.Sessions;
using Parking.Api.Tests.Hosting;
using Parking.Api.Tests.Infrastructure;

namespace Parking.Api.Tests.Browsers;

/// <summary>What a foreign site cannot make a signed-in browser do.</summary>
public sealed class BrowserGuardTests(SharedApplication shared) : IClassFixture<SharedApplication>
{
    private const string Origin = "http://localhost", Vehicles = "/v1/me/vehicles", CsrfHeader = "X-Csrf-Token";

    private static readonly object NoVehicles = new { vehicles = Array.Empty<object>() };

    private readonly ParkingApplication _app = shared.App;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cookie_WithTheTokenAndTheOrigin_MayWrite()
    {
        var (cookies, token) = await OpenSessionAsync();

        using var answer = await SendAsync(HttpMethod.Put, Vehicles, cookies, token, Origin, NoVehicles);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Cookie_WithoutTheToken_MayReadAndNotWrite()
    {
        var (cookies, _) = await OpenSessionAsync();

        using var read = await SendAsync(HttpMethod.Get, Vehicles, cookies);
        using var written = await SendAsync(HttpMethod.Put, Vehicles, cookies, token: null, Origin, NoVehicles);
        using var erased = await SendAsync(HttpMethod.Delete, "/v1/me", cookies, token: null, Origin);

        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        await ProblemAssert.IsAsync(written, HttpStatusCode.Forbidden, "invalid-csrf-token");
        await ProblemAssert.IsAsync(erased, HttpStatusCode.Forbidden, "invalid-csrf-token");
    }

    /// <summary>Otherwise whoever is signed in could fill the log. The metric of requests counts them.</summary>
    [Fact]
    public async Task RefusedCookie_LeavesNoLineInTheLog()
    {
        var (cookies, _) = await OpenSessionAsync();
        foreach (var token in new[] { null, "none", "CfDJ8" })
        {
            using var refused = await SendAsync(HttpMethod.Put, Vehicles, cookies, token, Origin, NoVehicles);
            using var withoutCookie = await SendAsync(HttpMethod.Put, Vehicles, cookies.Split("; ")[0], token, Origin, NoVehicles);
            Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (refused.StatusCode, withoutCookie.StatusCode));
        }

        Assert.DoesNotContain(_app.Log.Lines, line => line.Contains(" Microsoft.AspNetCore.Antiforgery.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cookie_WithTheTokenOfSomebodyElse_MayNotWrite()
    {
        var mine = BrowserCookies.Of(_app, shared.FreshCitizen("alice"));
        var (theirs, token) = await OpenSessionAsync();
        var theirCsrfCookie = theirs.Split("; ")[^1];

        using var written = await SendAsync(HttpMethod.Put, Vehicles, $"{mine}; {theirCsrfCookie}", token, Origin, NoVehicles);

        await ProblemAssert.IsAsync(written, HttpStatusCode.Forbidden, "invalid-csrf-token");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("null")]
    [InlineData("https://localhost")]
    [InlineData("http://localhost:81")]
    [InlineData("http://localhost.example")]
    public async Task Cookie_WithAnotherOrigin_MayNotWrite(string? origin)
    {
        var (cookies, token) = await OpenSessionAsync();

        using var answer = await SendAsync(HttpMethod.Put, Vehicles, cookies, token, origin, NoVehicles);

        await ProblemAssert.IsAsync(answer, HttpStatusCode.Forbidden, "foreign-origin");
    }

    /// <summary>Every call by which a person changes something, with all duties for the whole city.</summary>
    [Fact]
    public async Task EveryWrite_NeedsTheTokenAndTheOrigin()
    {
        var cookies = BrowserCookies.Of(_app, shared.FreshCitizen("chen"), "watch@city", "operate@city", "money@city", "admin@city");
        var writes = EndpointTable.Rows.Where(row =>
            row.Method is "POST" or "PUT" or "DELETE" && row.Allowed.Contains(Caller.Operator) && !row.Allowed.Contains(Caller.Nobody));
        var wrong = new List<string>();
        foreach (var row in writes)
        {
            await NoteAsync(row, Origin, "invalid-csrf-token");
            await NoteAsync(row, "https://evil.example", "foreign-origin");
        }

        Assert.Empty(wrong);

        async Task NoteAsync(EndpointRow row, string origin, string expected)
        {
            using var client = _app.CreateDefaultClient();
            using var request = row.ToRequest();
            request.Headers.Remove("Origin");
            request.Headers.Add("Origin", origin);
            request.Headers.Add("Cookie", cookies);
            using var answer = await client.SendAsync(request, Cancellation);
            var told = await answer.Content.ReadAsStringAsync(Cancellation);
            if (answer.StatusCode != HttpStatusCode.Forbidden || !told.Contains($":{expected}\"", StringComparison.Ordinal))
            {
                wrong.Add($"{row.Name} from {origin}: {(int)answer.StatusCode} {told}");
            }
        }
    }

    /// <summary>A WebSocket is not bound by the same-origin policy: any site may open one, and the browser adds the cookie.</summary>
    [Theory]
    [InlineData("/hubs/occupancy")]
    [InlineData("/hubs/driver")]
    public async Task Cookie_WithAnotherOrigin_OpensNoHub(string hub)
    {
        var cookies = BrowserCookies.Of(_app, shared.FreshCitizen("olga"), "watch@city");

        using var answer = await SendAsync(HttpMethod.Get, hub, cookies, token: null, "https://evil.example");

        await ProblemAssert.IsAsync(answer, HttpStatusCode.Forbidden, "foreign-origin");
    }

    [Theory]
    [InlineData("/console", false)]
    [InlineData("/driver", false)]
    [InlineData("/sign-in?to=/driver", false)]
    [InlineData("/signed-in", false)]
    [InlineData("/development/openid-configuration", false)]
    [InlineData("/demo/gates", false)]
    [InlineData("/v1/me/stays", true)]
    public async Task ForeignHost_IsRefused(string path, bool isSignedIn)
    {
        var cookies = isSignedIn ? BrowserCookies.Of(_app, shared.FreshCitizen("alice")) : null;
        using var client = _app.AnonymousClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = "evil.example";
        if (cookies is not null)
        {
            request.Headers.Add("Cookie", cookies);
        }

        using var answer = await client.SendAsync(request, Cancellation);

        await ProblemAssert.IsAsync(answer, HttpStatusCode.MisdirectedRequest, "foreign-host");
    }

    /// <summary>
    /// A browser sends a foreign site's POST without the cookie, and would still obey an answer that takes the cookie away.
    /// </summary>
    [Fact]
    public async Task ForeignSite_SignsNobodyOut()
    {
        using var answer = await SendAsync(HttpMethod.Post, "/sign-out", cookies: null, token: null, "https://evil.example");

        await ProblemAssert.IsAsync(answer, HttpStatusCode.Forbidden, "foreign-origin");
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    /// <summary>A token names its caller by itself: neither host nor origin matter, and the cookie does not count.</summary>
    [Fact]
    public async Task BearerToken_NeedsNeitherOriginNorToken()
    {
        using var client = _app.CitizenClient(shared.FreshCitizen("alice"));
        client.DefaultRequestHeaders.Host = "parking.internal";

        using var answer = await client.PutAsJsonAsync(Vehicles, NoVehicles, Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("/console")]
    [InlineData("/console/parts/stays")]
    [InlineData("/driver")]
    [InlineData("/driver/parts/vehicles")]
    [InlineData("/sign-in/failed")]
    public async Task Page_ForbidsFramesAndForeignContent(string path)
    {
        using var client = _app.AnonymousClient();

        using var answer = await client.GetAsync(path, Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(["DENY"], answer.Headers.GetValues("X-Frame-Options"));
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.All(
            ["default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"],
            part => Assert.Contains(part, policy, StringComparison.Ordinal));
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example/console")]
    [InlineData("//evil.example")]
    [InlineData("/consoles")]
    [InlineData("/\\evil.example")]
    [InlineData("")]
    public void SignIn_ToAnotherAddress_LeadsToTheDriversPage(string to) => Assert.Equal("/driver", SessionEndpoints.PageOf(to));

    private async Task<(string Cookies, string Token)> OpenSessionAsync()
    {
        var cookie = BrowserCookies.Of(_app, shared.FreshCitizen("alice"));
        using var answer = await SendAsync(HttpMethod.Get, "/v1/session", cookie);
        var session = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.False(session.GetProperty("operator").GetBoolean());
        var csrf = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        return ($"{cookie}; {csrf.Split(';')[0]}", session.GetProperty("csrfToken").GetString()!);
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string? cookies, string? token = null, string? origin = null, object? content = null)
    {
        using var client = _app.CreateDefaultClient();
        using var request = new HttpRequestMessage(method, path);
        if (cookies is not null)
        {
            request.Headers.Add("Cookie", cookies);
        }

        if (token is not null)
        {
            request.Headers.Add(CsrfHeader, token);
        }

        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        if (content is not null)
        {
            request.Content = JsonContent.Create(content);
        }

        return await client.SendAsync(request, Cancellation);
    }
}

using System.Net;
using Microsoft.Extensions.Time.Testing;
using Parking.Api.Tests.Infrastructure;

namespace Parking.Api.Tests.Rights;

/// <summary>How long cookies last: an operator's shift, with pauses; a driver's month.</summary>
public sealed class SessionLengthTests : IDisposable
{
    private const string CookieName = "__Host-parking";

    private readonly FakeTimeProvider _clock = new(ParkingApplication.Start);
    private readonly ParkingApplication _app;

    public SessionLengthTests() => _app = new() { MachineClock = _clock };

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task Operator_IsSignedOutAfterHalfAnHourWithoutACall()
    {
        var first = BrowserCookies.Of(_app, "olga-310102", "watch@city");

        _clock.Advance(TimeSpan.FromMinutes(29));
        var renewed = await AskAsync(first);
        _clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Null(await AskAsync(first));
        _clock.Advance(TimeSpan.FromMinutes(26));
        Assert.NotNull(await AskAsync(renewed!));
        _clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Null(await AskAsync(renewed!));
    }

    [Fact]
    public async Task Operator_IsSignedOutAfterTwelveHours_HoweverBusy()
    {
        var cookie = BrowserCookies.Of(_app, "olga-310102", "watch@city");
        var begun = _clock.GetUtcNow();
        while (_clock.GetUtcNow() - begun < TimeSpan.FromHours(12) - TimeSpan.FromMinutes(20))
        {
            _clock.Advance(TimeSpan.FromMinutes(20));
            cookie = Assert.IsType<string>(await AskAsync(cookie));
        }

        _clock.Advance(TimeSpan.FromMinutes(20));

        Assert.Null(await AskAsync(cookie));
    }

    [Fact]
    public async Task Driver_IsSignedOutAfterThirtyDays()
    {
        var cookie = BrowserCookies.Of(_app, "alice-310101");

        _clock.Advance(TimeSpan.FromDays(29));
        Assert.Equal(cookie, await AskAsync(cookie));
        _clock.Advance(TimeSpan.FromDays(1));

        Assert.Null(await AskAsync(cookie));
    }

    [Fact]
    public async Task Session_TellsThePagesTheDuties()
    {
        using var answer = await SendAsync(BrowserCookies.Of(_app, "olga-310102", "operate@district:huangpu", "nonsense", "watch@city"));

        var session = System.Text.Json.JsonElement.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(
            ["operate@district:huangpu", "watch@city"],
            session.GetProperty("duties").EnumerateArray().Select(duty => duty.GetString()!));
    }

    /// <summary>The cookie that the browser has after a call: a renewed one or the same; null if it is not signed in any more.</summary>
    private async Task<string?> AskAsync(string cookie)
    {
        using var answer = await SendAsync(cookie);
        if (answer.StatusCode == HttpStatusCode.Unauthorized)
        {
            return null;
        }

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var set = answer.Headers.TryGetValues("Set-Cookie", out var all) ? all : [];
        return set.Select(one => one.Split(';')[0]).FirstOrDefault(one => one.StartsWith(CookieName, StringComparison.Ordinal)) ?? cookie;
    }

    private async Task<HttpResponseMessage> SendAsync(string cookie)
    {
        using var client = _app.CreateDefaultClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/session");
        request.Headers.Add("Cookie", cookie);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}

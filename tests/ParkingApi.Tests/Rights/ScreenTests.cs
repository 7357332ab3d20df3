using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Parking.Api.Hosting.Identity;
using Parking.Api.Occupancy;
using Parking.Api.Tests.Commands;
using Parking.Api.Tests.Hosting;
using Parking.Api.Tests.Infrastructure;
using Parking.Contracts;

namespace Parking.Api.Tests.Rights;

/// <summary>A screen on a wall: named by an administrator, opened once, watching one scope until it is revoked.</summary>
public sealed partial class ScreenTests : IDisposable
{
    private const string Path = "/v1/screens", OpenPath = "/sign-in/screen", Name = "Control room, left", Origin = "http://localhost";
    private const string CookieName = "__Host-parking";

    private readonly FakeTimeProvider _clock = new(ParkingApplication.Start);
    private readonly ParkingApplication _app;

    public ScreenTests() => _app = new() { MachineClock = _clock };

    private HttpClient Admin => field ??= _app.OperatorClient(duties: ["admin@city"]);

    private Instant Now => Instant.FromDateTimeOffset(_clock.GetUtcNow());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task Screen_IsOpenedByItsLink_AndWatchesItsScope()
    {
        var named = await NameAsync("district:huangpu");
        var cookie = await OpenAsync(named.Code!);

        Assert.Equal((Now + Duration.FromMinutes(10), $"{Origin}{OpenPath}#{named.Code}"), (named.CodeUntil, named.Link));
        Assert.Matches("^[0-9A-HJKMNP-TV-Z]{10}$", named.Code);
        using var session = await AskAsync(cookie, "/v1/session");
        var told = JsonElement.Parse(await session.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(Name, told.GetProperty("name").GetString());
        Assert.Equal("""["watch@district:huangpu"]""", told.GetProperty("duties").GetRawText());
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(cookie, "/v1/facilities/hsp/gates"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(cookie, "/v1/facilities/jingan-temple/gates"));
        var screen = Assert.Single((await ListAsync()).Screens);
        Assert.Equal(
            (named.Id, Name, "district:huangpu", Now, (Instant?)Now, (Instant?)Now),
            (screen.Id, screen.Name, screen.Scope, screen.NamedAt, screen.OpenedAt, screen.SeenAt));
    }

    /// <summary>
    /// Every endpoint: a screen may do what watching the city allows, but record it, and nothing for people, gates or other duties.
    /// </summary>
    [Fact]
    public async Task Screen_CanDoNothingButWatch_WhateverItAsks()
    {
        var cookie = await OpenAsync((await NameAsync("city")).Code!);
        var token = await TokenAsync(cookie);

        foreach (var row in EndpointTable.Rows.Where(row => row.Allowed != EndpointTable.Everybody && row.Name != "GET /v1/session"))
        {
            using var request = row.ToRequest();
            request.Headers.Add("Cookie", $"{cookie}; {token.Cookie}");
            request.Headers.Add("X-Csrf-Token", token.Value);
            using var answer = await SendAsync(request);

            var isWatching = row.Name == "GET /v1/stays/{id}" || (row.Needs is { Kind: "watch" } && row.Name != "GET /v1/recording");
            var text = isWatching ? "" : await answer.Content.ReadAsStringAsync(Cancellation);
            Assert.DoesNotContain("csrf", text, StringComparison.Ordinal);
            Assert.True(
                isWatching == (answer.StatusCode is not (HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized)),
                $"{row.Name}: {answer.StatusCode}");
        }
    }

    /// <summary>Whoever watches a facility reads its stays, without the plate. Of others nobody learns whether there are any.</summary>
    [Fact]
    public async Task Screen_ReadsTheStaysOfItsScope_AndForItThereAreNoOthers()
    {
        await _app.ListCarsAsync("alice-000001", "沪A12345");
        var stay = (await _app.DriveAsync("hsp-in-1", "alice-000001", 1, "沪A12345")).Stay!.Id;
        var here = await OpenAsync((await NameAsync("district:huangpu")).Code!);
        var elsewhere = await OpenAsync((await NameAsync("district:jingan", n: 1)).Code!);

        using var read = await AskAsync(here, $"/v1/stays/{stay}");
        using var unknown = await AskAsync(here, "/v1/stays/4be1c6f0a7d94f0f8f2c1a5d3e6b7a90");
        using var foreign = await AskAsync(elsewhere, $"/v1/stays/{stay}");

        var text = await read.Content.ReadAsStringAsync(Cancellation);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        Assert.Contains(stay, text, StringComparison.Ordinal);
        Assert.DoesNotContain("A12345", text, StringComparison.Ordinal);
        Assert.Equal(
            await ProblemAssert.IsAsync(unknown, HttpStatusCode.NotFound, "stay-not-found"),
            await ProblemAssert.IsAsync(foreign, HttpStatusCode.NotFound, "stay-not-found"));
    }

    /// <summary>Whatever stands in a screen's cookie: it only ever watches.</summary>
    [Fact]
    public void Screen_WithAnotherDutyInItsCookie_StillOnlyWatches()
    {
        var reader = _app.Services.GetRequiredService<DutyReader>();
        System.Security.Claims.Claim[] claims =
            [new(Screens.Claim, "a.b"), new(DutyReader.Claim, "admin@city"), new(DutyReader.Claim, "watch@facility:hsp")];

        var duties = reader.Of(new(new System.Security.Claims.ClaimsIdentity(claims, "Cookies")));

        Assert.Equal(["watch@facility:hsp"], duties.All.Select(duty => duty.ToString()));
    }

    [Fact]
    public async Task Code_OpensOnce_HoweverManyTryAtOnce()
    {
        var named = await NameAsync("city");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => PostCodeAsync(named.Code!))));
        using var later = await PostCodeAsync(named.Code!);

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.NoContent);
        await ProblemAssert.IsAsync(later, HttpStatusCode.NotFound, "screen-code-not-valid");
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task Code_OpensForTenMinutes()
    {
        var (early, late) = (await NameAsync("city"), await NameAsync("city", n: 1));
        _clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        await OpenAsync(early.Code!);

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        using var refused = await PostCodeAsync(late.Code!);

        await ProblemAssert.IsAsync(refused, HttpStatusCode.NotFound, "screen-code-not-valid");
    }

    [Fact]
    public async Task SameScreenAgain_HasTheSameCode_UntilItIsOpened_AndAnotherOfItsIdIsRefused()
    {
        var first = await NameAsync("city");
        var again = await NameAsync("city");
        using var other = await PostAsync(new() { Id = first.Id, Name = "another", Scope = "city" });
        await OpenAsync(first.Code!);
        var opened = await NameAsync("city");

        Assert.Equal((first.Code, null, null), (again.Code, opened.Code, opened.Link));
        await ProblemAssert.IsAsync(other, HttpStatusCode.Conflict, "screen-conflict");
    }

    [Fact]
    public async Task Session_OutlivesAShift_AndIsRenewedWhileItIsUsed()
    {
        var cookie = await OpenAsync((await NameAsync("city")).Code!);
        for (var month = 0; month < 14; month++)
        {
            _clock.Advance(TimeSpan.FromDays(30));
            using var answer = await AskAsync(cookie, "/v1/session");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            cookie = CookieIn(answer)!;
        }

        _clock.Advance(TimeSpan.FromDays(365));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(cookie, "/v1/gates"));
    }

    [Fact]
    public async Task Screens_AreInTheAuditAndInTheLog_WithoutTheirCodesAndNames()
    {
        var named = await NameAsync("district:huangpu");
        Assert.Equal(named, await NameAsync("district:huangpu"));
        await OpenAsync(named.Code!);
        await RevokeAsync(named.Id);

        var audit = await Admin.GetFromJsonAsync<AuditAnswer>("/v1/audit", ContractJson.Options, Cancellation);

        Assert.Equal(
            [
                $"revoke_screen screen:{named.Id} unnamed admin@city done",
                $"open_screen screen:{named.Id}@district:huangpu screen:{named.Id} watch@district:huangpu done",
                $"name_screen screen:{named.Id}@district:huangpu unnamed admin@city done",
                $"name_screen screen:{named.Id}@district:huangpu unnamed admin@city done",
            ],
            audit!.Acts.Select(act => $"{act.Act} {act.Target} {act.Staff} {act.Duty} {Assert.Single(act.Outcomes).Result}"));
        foreach (var name in new[] { "ScreenNamed", "ScreenOpened", "ScreenRevoked" })
        {
            Assert.Single(_app.Log.Lines, line => line.Contains(name, StringComparison.Ordinal));
        }

        foreach (var unsaid in new[] { named.Code!, Name })
        {
            Assert.DoesNotContain(_app.Log.Lines, line => line.Contains(unsaid, StringComparison.Ordinal));
        }
    }

    private async Task<ScreenCodeAnswer> NameAsync(string scope, int n = 0)
    {
        var drawn = Instant.FromDateTimeOffset(ParkingApplication.Start);
        using var answer = await PostAsync(new() { Id = Ulids.At(drawn, n).Value, Name = Name, Scope = scope });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<ScreenCodeAnswer>(ContractJson.Options, Cancellation))!;
    }

    private Task<HttpResponseMessage> PostAsync(ScreenRequest request) =>
        Admin.PostAsJsonAsync(Path, request, ContractJson.Options, Cancellation);

    private async Task<ScreenListAnswer> ListAsync() =>
        (await Admin.GetFromJsonAsync<ScreenListAnswer>(Path, ContractJson.Options, Cancellation))!;

    private async Task<HttpStatusCode> RevokeAsync(string id)
    {
        using var answer = await Admin.DeleteAsync($"{Path}/{id}", Cancellation);
        return answer.StatusCode;
    }

    private Task<HttpResponseMessage> PostCodeAsync(string code)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, OpenPath) { Content = JsonContent.Create(new { code }) };
        request.Headers.Add("Origin", PageOrigin());
        return SendAsync(request);
    }

    /// <returns>The screen's cookie.</returns>
    private async Task<string> OpenAsync(string code)
    {
        using var answer = await PostCodeAsync(code);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        return _app.Secrets.Add(CookieIn(answer)!);
    }

    private static string? CookieIn(HttpResponseMessage answer) =>
        (answer.Headers.TryGetValues("Set-Cookie", out var all) ? all : []).Select(one => one.Split(';')[0])
            .FirstOrDefault(one => one.StartsWith(CookieName, StringComparison.Ordinal));

    private async Task<(string Cookie, string Value)> TokenAsync(string cookie)
    {
        using var answer = await AskAsync(cookie, "/v1/session");
        var session = JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
        return (
            answer.Headers.GetValues("Set-Cookie").Select(one => one.Split(';')[0])
                .Single(one => one.Contains("csrf", StringComparison.Ordinal)),
            session.GetProperty("csrfToken").GetString()!);
    }

    private async Task<HttpStatusCode> StatusAsync(string cookie, string path)
    {
        using var answer = await AskAsync(cookie, path);
        return answer.StatusCode;
    }

    private Task<HttpResponseMessage> AskAsync(string cookie, string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Cookie", cookie);
        return SendAsync(request);
    }

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _app.CreateDefaultClient().SendAsync(
        request, HttpCompletionOption.ResponseHeadersRead, Cancellation);

    /// <summary>Where the pages are: at a port once the service listens.</summary>
    private string PageOrigin() => _app.Services.GetRequiredService<Api.Hosting.Browsers.PageOrigin>().Text;

    /// <returns>Ends with the connection.</returns>
    private async Task<Task> ConnectAsync(string cookie)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(new Uri(PageOrigin()), OccupancyHub.Path), options =>
            {
                options.Headers["Cookie"] = cookie;
                options.Headers["Origin"] = PageOrigin();
                options.UseDefaultCredentials = false;
            })
            .Build();
        connection.Closed += _ =>
        {
            ended.TrySetResult();
            return Task.CompletedTask;
        };
        await connection.StartAsync(Cancellation);
        await connection.InvokeAsync("Subscribe", "city", Cancellation);
        return ended.Task;
    }
}

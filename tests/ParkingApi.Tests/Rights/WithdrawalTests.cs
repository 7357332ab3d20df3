using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Parking.Api.Drivers;
using Parking.Api.Hosting.Identity;
using Parking.Api.Occupancy;
using Parking.Api.Tests.Infrastructure;
using Parking.Api.Tests.Recording;
using Parking.Ports;

namespace Parking.Api.Tests.Rights;

/// <summary>What ends, and when, once a person's sign-ins are withdrawn.</summary>
public sealed class WithdrawalTests : IDisposable
{
    private const string Gates = "/v1/gates", Stays = "/v1/me/stays";

    private static readonly string[] Watch = ["watch@city"];

    private readonly ParkingApplication _app = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task Requests_EndAtOnce_AndCountAgainWithANewSignIn()
    {
        using var olga = Holding(_app.TokenFor("olga-310102", Watch));
        using var other = Holding(_app.TokenFor("oscar-310103", Watch));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(olga, Gates));

        await WithdrawAsync("olga-310102");

        using var refused = await olga.GetAsync(Gates, Cancellation);
        var why = await ProblemAssert.IsAsync(refused, HttpStatusCode.Unauthorized, "unauthenticated");
        Assert.Equal("This sign-in was ended. Sign in again.", why);
        Assert.Contains("invalid_token", refused.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(other, Gates));
        _app.Time.Advance(TimeSpan.FromSeconds(1));
        using var again = Holding(_app.TokenFor("olga-310102", Watch));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(again, Gates));
    }

    /// <summary>As through another instance: this one hears of it only from the store.</summary>
    [Fact]
    public async Task Requests_EndAtOnce_WhereverItWasWithdrawn_AndADriversWithinFiveMinutes()
    {
        using var olga = Holding(_app.TokenFor("olga-310102", Watch));
        using var driver = Holding(_app.TokenFor("olga-310102"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(driver, Stays));

        await WithdrawElsewhereAsync("olga-310102");

        Assert.Equal(HttpStatusCode.OK, await AskAsync(driver, Stays));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(olga, Gates));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(driver, Stays));
    }

    [Fact]
    public async Task Driver_EndsWithinFiveMinutes()
    {
        using var driver = Holding(_app.TokenFor("alice-310101"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(driver, Stays));
        await WithdrawElsewhereAsync("alice-310101");

        _app.Time.Advance(SignIns.DriverMemory.ToTimeSpan());

        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(driver, Stays));
    }

    [Fact]
    public async Task Cookie_EndsAtOnce()
    {
        var cookie = BrowserCookies.Of(_app, "olga-310102", Watch);
        using var browser = _app.AnonymousClient();
        browser.DefaultRequestHeaders.Add("Cookie", cookie);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(browser, Gates));

        await WithdrawElsewhereAsync("olga-310102");

        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(browser, Gates));
    }

    [Fact]
    public async Task WhatEverybodyMayCall_GoesOn()
    {
        using var olga = Holding(_app.TokenFor("olga-310102", Watch));
        await WithdrawAsync("olga-310102");

        Assert.Equal(HttpStatusCode.OK, await AskAsync(olga, "/v1/facilities"));
    }

    [Theory]
    [InlineData(OccupancyHub.Path, true)]
    [InlineData(DriverHub.Path, false)]
    public async Task HubConnection_EndsWithinThirtySeconds(string hub, bool isOperator)
    {
        _app.OnKestrel();
        var ended = await ConnectAsync(hub, "olga-310102", isOperator);
        var others = await ConnectAsync(hub, "oscar-310103", isOperator);

        await WithdrawAsync("olga-310102");
        _app.Time.Advance(SignInWatch.Period);

        Assert.InRange(SignInWatch.Period, TimeSpan.Zero, TimeSpan.FromSeconds(30));
        await ended.WaitAsync(Patience.Limit, Cancellation);
        Assert.False(others.IsCompleted);
    }

    /// <summary>A call does not wait for the next look.</summary>
    [Fact]
    public async Task CallOfAHub_IsRefusedAtOnce()
    {
        _app.OnKestrel();
        await using var connection = Build(OccupancyHub.Path, _app.TokenFor("olga-310102", Watch));
        await connection.StartAsync(Cancellation);

        await WithdrawElsewhereAsync("olga-310102");

        await Assert.ThrowsAnyAsync<Exception>(() => connection.InvokeAsync("Subscribe", "city", Cancellation));
    }

    [Fact]
    public async Task Recording_EndsWithinThirtySeconds()
    {
        using var listener = await Listener.BeginAsync(_app);

        await WithdrawAsync("operator-1");
        _app.Time.Advance(SignInWatch.Period);

        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            while ((await listener.HearAsync()).ValueKind != System.Text.Json.JsonValueKind.Undefined)
            {
            }
        });
    }

    [Fact]
    public async Task Log_SaysWhoWithdrew_AndNotWhose()
    {
        await WithdrawAsync("olga-310102");

        var line = Assert.Single(_app.Log.Lines, line => line.Contains("ended all sign-ins", StringComparison.Ordinal));
        Assert.Contains("Operator unnamed", line, StringComparison.Ordinal);
        Assert.DoesNotContain(_app.Log.Lines, line => line.Contains("310102", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"subject":""}""")]
    [InlineData("{}")]
    public async Task Withdrawal_OfNobody_IsRefused(string body)
    {
        using var admin = _app.OperatorClient();

        using var answer = await admin.PostAsync("/v1/withdrawals", new StringContent(body, null, "application/json"), Cancellation);

        await ProblemAssert.IsAsync(answer, HttpStatusCode.BadRequest, "invalid-request");
    }

    private HttpClient Holding(string token)
    {
        var client = _app.AnonymousClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }

    private static async Task<HttpStatusCode> AskAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, Cancellation);
        return answer.StatusCode;
    }

    private async Task WithdrawAsync(string subject)
    {
        using var admin = _app.OperatorClient("admin-1", ["admin@city"]);
        using var answer = await admin.PostAsJsonAsync("/v1/withdrawals", new { subject }, Cancellation);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    private Task WithdrawElsewhereAsync(string subject)
    {
        var key = _app.Services.GetRequiredService<ServiceSecrets>().CitizenKeyOf(subject);
        return _app.Services.GetRequiredService<IWithdrawalStore>().WithdrawAsync(key, Instant.FromDateTimeOffset(_app.Time.GetUtcNow()));
    }

    /// <returns>Ends with the connection.</returns>
    private async Task<Task> ConnectAsync(string hub, string citizen, bool isOperator)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var connection = Build(hub, _app.TokenFor(citizen, isOperator ? Watch : null));
        connection.Closed += _ =>
        {
            ended.TrySetResult();
            return Task.CompletedTask;
        };
        await connection.StartAsync(Cancellation);
        return ended.Task;
    }

    private HubConnection Build(string hub, string token) => new HubConnectionBuilder()
        .WithUrl(
            new Uri(_app.ClientOptions.BaseAddress, hub),
            options => options.AccessTokenProvider = () => Task.FromResult<string?>(token))
        .Build();
}

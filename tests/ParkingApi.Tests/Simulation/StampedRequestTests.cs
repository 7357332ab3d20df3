using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using NodaTime;
using Parking.Api.Tests.Infrastructure;
using Parking.Contracts;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Simulation;

/// <summary>Requests that say when they are made: virtual time follows them.</summary>
public sealed class StampedRequestTests
{
    private const string Later = "2016-02-01T09:30:00Z";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stamp_OfACitizen_MovesTimeBeforeTheRequestIsHandled()
    {
        using var app = SimulatedTime.Begin();

        using var response = await SendAsync(app.CitizenClient("alice"), HttpMethod.Post, "/v1/codes", Later);

        var code = await response.Content.ReadFromJsonAsync<MintAnswer>(GateProtocolJson.Options, Cancellation);
        Assert.InRange(code!.ExpiresAt, Instant.FromUtc(2016, 2, 1, 9, 30), Instant.FromUtc(2016, 2, 1, 9, 32));
        Assert.Equal(Later, await app.ClockAsync());
    }

    [Fact]
    public async Task Stamp_OfAGate_MovesTime()
    {
        using var app = SimulatedTime.Begin();

        using var response = await SendAsync(app.GateClient("hsp-in-1"), HttpMethod.Get, "/v1/gates/hsp-in-1/feed", Later);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Later, await app.ClockAsync());
    }

    [Fact]
    public async Task Stamp_ThatIsPast_IsPassedOver()
    {
        using var app = SimulatedTime.Begin();
        await app.AdvanceAsync(Later);

        using var response = await SendAsync(app.CitizenClient("alice"), HttpMethod.Post, "/v1/codes", SimulatedTime.Start);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Later, await app.ClockAsync());
    }

    [Fact]
    public async Task Stamp_LaterThanAClockThatRunsByItself_IsRefused()
    {
        using var app = SimulatedTime.Begin();
        using var released = await app.ReleaseAsync();

        using var response = await SendAsync(app.CitizenClient("alice"), HttpMethod.Post, "/v1/codes", "2099-01-01T00:00:00Z");

        await ProblemAssert.IsAsync(response, HttpStatusCode.Conflict, "clock-runs-by-itself");
    }

    [Theory]
    [InlineData("half past nine")]
    [InlineData("2016-02-01T09:30:00+08:00")]
    [InlineData("2100-01-01T00:00:01Z")]
    public async Task Stamp_ThatIsNoTime_IsRefusedAndNamed(string stamp)
    {
        using var app = SimulatedTime.Begin();

        using var response = await SendAsync(app.CitizenClient("alice"), HttpMethod.Post, "/v1/codes", stamp);

        var detail = await ProblemAssert.IsAsync(response, HttpStatusCode.BadRequest, "invalid-request");
        Assert.Contains($"Simulation-Time is '{stamp}'", detail, StringComparison.Ordinal);
        Assert.Equal(SimulatedTime.Start, await app.ClockAsync());
    }

    [Fact]
    public async Task Stamp_OfNobodyKnown_IsRefusedWhereItWouldMoveTime()
    {
        using var app = SimulatedTime.Begin();

        using var later = await SendAsync(app.AnonymousClient(), HttpMethod.Get, "/v1/facilities", Later);
        using var now = await SendAsync(app.AnonymousClient(), HttpMethod.Get, "/v1/facilities", SimulatedTime.Start);

        Assert.Equal(HttpStatusCode.Unauthorized, later.StatusCode);
        Assert.Equal(HttpStatusCode.OK, now.StatusCode);
        Assert.Equal(SimulatedTime.Start, await app.ClockAsync());
    }

    [Fact]
    public async Task Stamp_OfSomebodyWhoMayNotAsk_DoesNotMoveTime()
    {
        using var app = SimulatedTime.Begin();

        using var response = await SendAsync(app.CitizenClient("alice"), HttpMethod.Get, "/v1/gates", Later);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal(SimulatedTime.Start, await app.ClockAsync());
    }

    [Fact]
    public async Task Stamp_WithARequestInFlight_WaitsForIt()
    {
        var store = HeldStore.Create();
        var held = (HeldStore)(object)store;
        using var app = SimulatedTime.BeginOn(store);
        _ = app.Services;
        held.Hold();
        var first = SendAsync(app.AnonymousClient(), HttpMethod.Get, "/v1/facilities/yuyuan", SimulatedTime.Start);
        await Task.WhenAny(held.Asked, first);

        var second = SendAsync(app.CitizenClient("alice"), HttpMethod.Get, "/v1/facilities/yuyuan", Later);
        await app.WaitUntilShutAsync();

        Assert.Equal(SimulatedTime.Start, await app.ClockAsync());
        Assert.All(new Task[] { first, second }, task => Assert.False(task.IsCompleted));

        held.LetGo();
        Assert.Equal(SimulatedTime.Start, await AsOfAsync(first));
        Assert.Equal(Later, await AsOfAsync(second));
    }

    [Fact]
    public async Task Stamp_OfAServiceThatIsNoSimulation_IsNothing()
    {
        using var app = new ParkingApplication();

        using var response = await SendAsync(app.CitizenClient("alice"), HttpMethod.Post, "/v1/codes", "2099-02-01T09:30:00Z");

        var code = await response.Content.ReadFromJsonAsync<MintAnswer>(GateProtocolJson.Options, Cancellation);
        Assert.True(code!.ExpiresAt < Instant.FromUtc(2099, 1, 1, 0, 0));
    }

    private static async Task<string?> AsOfAsync(Task<HttpResponseMessage> asked)
    {
        using var response = await asked;
        var facility = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        return facility.GetProperty("occupancy").GetProperty("asOf").GetString();
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpMethod method, string path, string stamp)
    {
        using (client)
        {
            using var request = new HttpRequestMessage(method, path);
            request.Headers.TryAddWithoutValidation("Simulation-Time", stamp);
            return await client.SendAsync(request, Cancellation);
        }
    }
}

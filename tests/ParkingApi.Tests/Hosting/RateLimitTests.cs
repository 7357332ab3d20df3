using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Parking.Api.Tests.Infrastructure;

namespace Parking.Api.Tests.Hosting;

public sealed class RateLimitTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Minting_BeyondTheLimit_IsRefusedToThatCitizenAlone()
    {
        using var app = new ParkingApplication(("RateLimits:MintsPerMinute", "3"));
        using var alice = app.CitizenClient("alice-310101");
        using var aliceAgain = app.CitizenClient("alice-310101");
        using var bob = app.CitizenClient("bob-310101");
        for (var i = 0; i < 3; i++)
        {
            using var allowed = await alice.PostAsync("/v1/codes", null, Cancellation);
            Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
        }

        using var refused = await aliceAgain.PostAsync("/v1/codes", null, Cancellation);
        using var other = await bob.PostAsync("/v1/codes", null, Cancellation);

        await ProblemAssert.IsAsync(refused, HttpStatusCode.TooManyRequests, "too-many-requests");
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    /// <summary>Nobody can try invitations, or make them, faster than codes.</summary>
    [Theory]
    [InlineData("/v1/me/shared-vehicles", """{"invitation":"00000000000000000000000000000000"}""")]
    [InlineData("/v1/me/vehicles/invitations", """{"plate":"A1"}""")]
    public async Task Inviting_BeyondTheLimitOfCodes_IsRefused(string path, string body)
    {
        using var app = new ParkingApplication(("RateLimits:MintsPerMinute", "3"));
        using var alice = app.CitizenClient("alice-310101");
        for (var i = 0; i < 3; i++)
        {
            using var allowed = await alice.PostAsync(path, Json(body), Cancellation);
            Assert.Equal(HttpStatusCode.NotFound, allowed.StatusCode);
        }

        using var refused = await alice.PostAsync(path, Json(body), Cancellation);

        await ProblemAssert.IsAsync(refused, HttpStatusCode.TooManyRequests, "too-many-requests");
    }

    /// <summary>Every erasure leaves a few bytes behind, so nobody can erase without end.</summary>
    [Fact]
    public async Task Erasing_BeyondTheLimitOfCodes_IsRefused()
    {
        using var app = new ParkingApplication(("RateLimits:MintsPerMinute", "3"));
        using var alice = app.CitizenClient("alice-310101");
        for (var i = 0; i < 3; i++)
        {
            using var allowed = await alice.DeleteAsync("/v1/me", Cancellation);
            Assert.Equal(HttpStatusCode.NoContent, allowed.StatusCode);
        }

        using var refused = await alice.DeleteAsync("/v1/me", Cancellation);

        await ProblemAssert.IsAsync(refused, HttpStatusCode.TooManyRequests, "too-many-requests");
    }

    [Fact]
    public async Task Scanning_BeyondTheLimit_IsRefusedToThatGateAlone()
    {
        using var app = new ParkingApplication(("RateLimits:ScansPerSecond", "1"));
        using var gate = app.GateClient("hsp-in-1");
        using var otherGate = app.GateClient("hsp-in-2");
        HttpResponseMessage? refused = null;
        for (var i = 0; i < 20 && refused is null; i++)
        {
            var response = await gate.PostAsync("/v1/gates/hsp-in-1/events", Json("{}"), Cancellation);
            refused = response.StatusCode == HttpStatusCode.TooManyRequests ? response : null;
        }

        using var other = await otherGate.PostAsync("/v1/gates/hsp-in-2/events", Json("{}"), Cancellation);

        await ProblemAssert.IsAsync(refused!, HttpStatusCode.TooManyRequests, "too-many-requests");
        Assert.Equal(TimeSpan.FromSeconds(1), refused!.Headers.RetryAfter!.Delta);
        Assert.Equal(HttpStatusCode.BadRequest, other.StatusCode);
    }

    /// <summary>An IPv6 address is one of a network that somebody has as a whole.</summary>
    [Fact]
    public async Task CodesThatAreTriedTooOften_AreRefusedToThatAddressAlone()
    {
        using var app = new ParkingApplication(("RateLimits:ScreenCodesPerMinute", "3"));
        string[] all =
        [
            "192.0.2.7", "192.0.2.7", "::ffff:192.0.2.7", "192.0.2.7", "192.0.2.8",
            "2001:db8::1", "2001:db8::2", "2001:db8::3", "2001:db8::4", "2001:db8:0:1::1",
        ];

        var answers = new List<int>();
        foreach (var address in all)
        {
            answers.Add(await TryCodeAsync(app, address));
        }

        Assert.Equal(
            [3, 8],
            answers.Index().Where(answer => answer.Item == StatusCodes.Status429TooManyRequests).Select(answer => answer.Index));
    }

    /// <returns>The status of the answer to whoever sends no code from this address.</returns>
    private static async Task<int> TryCodeAsync(ParkingApplication app, string address)
    {
        var answer = await app.Server.SendAsync(
            context =>
            {
                context.Connection.RemoteIpAddress = IPAddress.Parse(address);
                (context.Request.Method, context.Request.Scheme, context.Request.Path) = ("POST", "http", "/sign-in/screen");
                context.Request.Host = new("localhost");
                context.Request.Headers.Origin = "http://localhost";
            },
            Cancellation);
        return answer.Response.StatusCode;
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}

using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Parking.Api.Tests.Infrastructure;
using Parking.Facilities;

namespace Parking.Api.Tests.Facilities;

public sealed class FacilityStateTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Close_AndOpenAgain_IsSeenByEverybodyAtOnce()
    {
        using var app = new ParkingApplication();
        using var client = app.OperatorClient();

        foreach (var (closed, state) in new[] { (true, "closed"), (true, "closed"), (false, "open") })
        {
            using var response = await client.PutAsJsonAsync("/v1/facilities/yuyuan/state", new { closed }, Cancellation);

            Assert.Equal(
                $$"""{"closed":{{(closed ? "true" : "false")}},"state":"{{state}}"}""",
                await response.Content.ReadAsStringAsync(Cancellation));
            Assert.Equal(closed, IsClosed(app, "yuyuan"));
            Assert.Equal(state, (await app.AskAsync("/v1/facilities/yuyuan")).GetProperty("state").GetString());
            Assert.False(IsClosed(app, "hsp"));
        }

        Assert.Equal(3, app.Log.Lines.Count(line => line.Contains("FacilityStateSet", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("atlantis", "{\"closed\":true}", HttpStatusCode.NotFound, "facility-not-found")]
    [InlineData("yuyuan", "{}", HttpStatusCode.BadRequest, "invalid-request")]
    [InlineData("yuyuan", "{\"closed\":\"yes\"}", HttpStatusCode.BadRequest, "invalid-request")]
    public async Task Close_OfAnotherForm_IsRefused(string facility, string body, HttpStatusCode status, string problem)
    {
        using var app = new ParkingApplication();
        using var client = app.OperatorClient();

        using var response = await client.PutAsync(
            $"/v1/facilities/{facility}/state", new StringContent(body, System.Text.Encoding.UTF8, "application/json"), Cancellation);

        await ProblemAssert.IsAsync(response, status, problem);
        Assert.False(IsClosed(app, "yuyuan"));
    }

    [Fact]
    public async Task Closed_AtOneInstance_IsClosedAtTheOtherWithinSeconds()
    {
        await using var redis = await RedisServer.StartNewAsync();
        (string, string?)[] shared =
        [
            ("Redis:Configuration", redis.Configuration),
            ("Secrets:CitizenKey", Convert.ToBase64String(new byte[32])),
            ("Secrets:StayKey", Convert.ToBase64String(Enumerable.Repeat((byte)1, 32).ToArray())),
        ];
        using var one = new ParkingApplication(shared);
        using var other = new ParkingApplication(shared);
        _ = other.Services;

        await one.CloseAsync("yuyuan");
        await other.PassUntilAsync(TimeSpan.FromSeconds(30), async () =>
        {
            // The instance sees it by itself: nobody asks it about the facility.
            await Task.Delay(TimeSpan.FromMilliseconds(20), Cancellation);
            return IsClosed(other, "yuyuan");
        });

        Assert.True(IsClosed(other, "yuyuan"));
    }

    [Fact]
    public async Task Closed_BeforeAStart_IsClosedBeforeTheFirstRequest()
    {
        using var folder = new TempFolder();
        var settings = ("Data:Folder", (string?)folder.Path);
        using (var before = new ParkingApplication(settings))
        {
            await before.CloseAsync("yuyuan");
        }

        using var after = new ParkingApplication(settings);

        Assert.True(IsClosed(after, "yuyuan"));
        Assert.Equal("closed", (await after.AskAsync("/v1/facilities/yuyuan")).GetProperty("state").GetString());
    }

    private static bool IsClosed(ParkingApplication app, string facility) =>
        app.Services.GetRequiredService<FacilityStates>().IsClosed(new(facility));
}

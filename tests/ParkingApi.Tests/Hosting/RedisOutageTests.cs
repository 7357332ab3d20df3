using System.Net;
using Parking.Api.Tests.Infrastructure;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Hosting;

/// <summary>The whole service on a Redis that dies and comes back.</summary>
public sealed class RedisOutageTests(OwnRedisServer own) : IClassFixture<OwnRedisServer>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Scans_WhileRedisIsGone_AreToldToComeAgain_AndAreDecidedOnceItIsBack()
    {
        var server = await own.GetAsync();
        using var app = new ParkingApplication(("Redis:Configuration", server.TakeDatabase()));
        using var anybody = app.AnonymousClient();
        Assert.Equal(ScanReason.Entered, (await app.DriveAsync("hsp-in-1", "alice", 1)).Reason);
        var scan = app.Scan(await app.FetchCodeAsync("alice"), 1);

        await server.KillAsync();
        var refused = await app.PostEventsAsync("hsp-out-1", scan);
        await ProblemAssert.IsAsync(refused, HttpStatusCode.ServiceUnavailable, "store-unavailable");
        Assert.True(refused.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await anybody.GetAsync("/health/ready", Cancelled)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await anybody.GetAsync("/health/live", Cancelled)).StatusCode);

        await server.StartAsync();
        HttpResponseMessage answered;
        do
        {
            answered = await app.PostEventsAsync("hsp-out-1", scan);
        }
        while (answered.StatusCode == HttpStatusCode.ServiceUnavailable);

        Assert.Contains("exited", await answered.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);

        // A probe has little patience, and a machine may be busy.
        await Patience.UntilAsync(async () => (await anybody.GetAsync("/health/ready", Cancelled)).StatusCode == HttpStatusCode.OK);
    }
}

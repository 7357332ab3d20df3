using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Parking.Admission;
using Parking.Api.Tests.Infrastructure;
using Parking.Codes;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Ports;

namespace Parking.Api.Tests.Gates;

public sealed class GateFeedTests : IDisposable
{
    private readonly ParkingApplication _app = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private KeySnapshot Keys => _app.Services.GetRequiredService<CodeKeys>().Current;

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task Feed_HasAllThatAGateMustKnow()
    {
        using var response = await _app.GetFeedAsync("yuyuan-in-1");

        var feed = await response.Content.ReadAsStringAsync(Cancellation);
        var (jwks, certificates) = (JsonSerializer.Serialize(Keys.JwkSet), JsonSerializer.Serialize(Keys.CertificateJwkSet));
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(
            "{\"facility\":\"yuyuan\",\"direction\":\"entry\",\"state\":\"open\",\"keys\":" + jwks
            + ",\"certificateKeys\":" + certificates
            + ",\"revokedKeys\":[],\"skewSeconds\":30,\"offline\":{\"policy\":\"open\",\"openingsPerHour\":120},"
            + "\"lateExitHours\":12,\"answerBudgetMilliseconds\":800,\"heartbeatSeconds\":10,\"keepEventsHours\":168}",
            feed);
    }

    [Fact]
    public async Task Feed_AskedForAgain_IsNotSentAgain()
    {
        using var first = await _app.GetFeedAsync("yuyuan-in-1");
        using var again = await _app.GetFeedAsync("yuyuan-in-1", first.Headers.ETag);
        using var exit = await _app.GetFeedAsync("yuyuan-out-1", first.Headers.ETag);
        using var elsewhere = await _app.GetFeedAsync("hsp-in-1", first.Headers.ETag);
        using var other = await _app.GetFeedAsync("hsp-in-2", elsewhere.Headers.ETag);

        Assert.Equal((HttpStatusCode.NotModified, first.Headers.ETag), (again.StatusCode, again.Headers.ETag));
        Assert.Equal("no-cache, private", string.Join(", ", again.Headers.CacheControl!.ToString().Split(", ").Order()));
        Assert.Empty(await again.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal(
            (HttpStatusCode.NotModified, HttpStatusCode.OK, HttpStatusCode.OK), (other.StatusCode, elsewhere.StatusCode, exit.StatusCode));
        Assert.Equal(GateDirection.Exit, (await _app.FeedAsync("yuyuan-out-1")).Direction);
    }

    [Fact]
    public async Task Feed_WithOtherSettings_SaysThem()
    {
        using var app = new ParkingApplication(
            ("Gates:AnswerBudget", "00:00:00.350"), ("Gates:HeartbeatEvery", "00:00:05"), ("Codes:OfflineHorizon", "1.00:30:00"),
            ("Codes:Skew", "00:00:10"),
            ("Gates:LateExit", "3:00:00"));

        var feed = await app.FeedAsync("yuyuan-in-1");

        Assert.Equal((350, 5, 25, 10), (feed.AnswerBudgetMilliseconds, feed.HeartbeatSeconds, feed.KeepEventsHours, feed.SkewSeconds));
        Assert.Equal(3, feed.LateExitHours);
    }

    [Theory]
    [InlineData("Gates:AnswerBudget", "00:00:00.050")]
    [InlineData("Gates:AnswerBudget", "00:00:11")]
    [InlineData("Gates:HeartbeatEvery", "00:00:13")]
    [InlineData("Gates:LateExit", "00:30:00")]
    [InlineData("Gates:LateExit", "8.00:00:00")]
    [InlineData("Gates:HeartbeatEvery", "00:00:01.500")]
    public void Start_WithASettingOutOfRange_SaysWhich(string setting, string value)
    {
        using var app = new ParkingApplication((setting, value));

        Assert.Contains(setting, Assert.ThrowsAny<Exception>(() => app.Services).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Feed_OfAFacilityThatIsClosedAndOpenedAgain_SaysSoAndIsTheOldOneThen()
    {
        using var before = await _app.GetFeedAsync("yuyuan-in-1");

        await _app.CloseAsync("yuyuan");
        using var closed = await _app.GetFeedAsync("yuyuan-in-1", before.Headers.ETag);
        var state = (await _app.FeedAsync("yuyuan-in-1")).State;
        await _app.CloseAsync("yuyuan", isClosed: false);
        using var after = await _app.GetFeedAsync("yuyuan-in-1", before.Headers.ETag);

        Assert.Equal((HttpStatusCode.OK, FacilityState.Closed), (closed.StatusCode, state));
        Assert.Equal(HttpStatusCode.NotModified, after.StatusCode);
    }

    [Fact]
    public async Task Feed_OfAFullFacility_SaysSoWithinASecond()
    {
        var spaces = Enumerable.Range(1, 8).Select(seq => new GateEventId(new("yuyuan-in-1"), new(7), seq)).ToList();
        await _app.Services.GetRequiredService<ILiveStore>().RestoreAsync(new("yuyuan"), new(1), spaces);

        await _app.PassUntilAsync(TimeSpan.FromSeconds(20), async () => (await _app.FeedAsync("yuyuan-in-1")).State == FacilityState.Full);

        Assert.Equal(FacilityState.Open, (await _app.FeedAsync("hsp-in-1")).State);
        Assert.False(_app.Services.GetRequiredService<FacilityStates>().IsClosed(new("yuyuan")));
    }

    [Fact]
    public async Task Feed_AfterAKeyWasRevoked_HasItNoMoreAndSaysThatItIsRevoked()
    {
        var revoked = Keys.Ring.Lives[0].Key.Id;
        using var before = await _app.GetFeedAsync("yuyuan-in-1");

        using var response = await _app.RevokeAsync(revoked.ToString());

        response.EnsureSuccessStatusCode();
        using var after = await _app.GetFeedAsync("yuyuan-in-1", before.Headers.ETag);
        var feed = await _app.FeedAsync("yuyuan-in-1");
        var keys = PublicKeySet.FromJwks(JsonSerializer.SerializeToUtf8Bytes(feed.Keys));
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        Assert.Equal([revoked.ToString()], feed.RevokedKeys);
        Assert.Equal([Keys.Ring.Lives[1].Key.PublicKey], keys.Keys);
    }
}

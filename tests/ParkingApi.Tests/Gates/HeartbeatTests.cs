using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Parking.Api.Gates;
using Parking.Api.Tests.Infrastructure;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Ports;

namespace Parking.Api.Tests.Gates;

/// <summary>Signs of life, and who notices that they end.</summary>
public sealed class HeartbeatTests : IDisposable
{
    private static readonly GateId Gate = new("yuyuan-in-1");

    private readonly ParkingApplication _app = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task Heartbeat_IsAnsweredWithTimeEpochPrefixAndTheFeedsTag()
    {
        await KnowAsync(1, 2, 3, 5);

        var answer = await _app.BeatAsync("yuyuan-in-1", 7);

        using var feed = await _app.GetFeedAsync("yuyuan-in-1");
        Assert.Equal((Instant.FromDateTimeOffset(ParkingApplication.Start), 3L), (answer.Time, answer.AcknowledgedThrough));
        Assert.Equal(feed.Headers.ETag!.ToString(), answer.Feed);
        Assert.Equal((await _app.Services.GetRequiredService<ILiveStore>().LifeAsync()).Epoch, answer.Epoch);
        Assert.Matches("^[0-9a-f]{8}$", answer.Epoch);
    }

    [Fact]
    public async Task Answers_InANewEpoch_SayFromWhenOnToSendAgain_ByTheEpochThatTheGateKnows()
    {
        using var folder = new TempFolder();
        string first;
        using (var app = new ParkingApplication(("Data:Folder", folder.Path)))
        {
            var answer = await app.BeatAsync("yuyuan-in-1");
            Assert.Equal(StoreEpoch.Everything, answer.ResendFrom);
            first = answer.Epoch;
            await app.Services.GetRequiredService<ILiveStore>().ProbeAsync(Cancellation);
        }

        using var again = new ParkingApplication(("Data:Folder", folder.Path));
        var unknown = await again.BeatAsync("yuyuan-in-1");
        var known = await again.BeatAsync("yuyuan-in-1", epoch: first);
        using var upload = await PostAsync(again, first);
        using var refused = await PostAsync(again, "the last one");

        var since = Instant.FromDateTimeOffset(ParkingApplication.Start) - StoreEpoch.Margin;
        Assert.NotEqual(first, known.Epoch);
        Assert.Equal((StoreEpoch.Everything, since), (unknown.ResendFrom, known.ResendFrom));
        var taken = await upload.Content.ReadFromJsonAsync<UploadAnswer>(GateProtocolJson.Options, Cancellation);
        Assert.Equal((known.Epoch, since), (taken!.Epoch, taken.ResendFrom));
        await ProblemAssert.IsAsync(refused, HttpStatusCode.BadRequest, "invalid-request");
    }

    private static async Task<HttpResponseMessage> PostAsync(ParkingApplication app, string epoch)
    {
        using var client = app.GateClient("yuyuan-in-1");
        var link = new ReportedLink
        {
            Seq = 1,
            DeviceTime = Instant.FromDateTimeOffset(app.Time.GetUtcNow()),
            Link = LinkChange.CameBack,
        };
        var upload = new EventUpload { Journal = GateTalk.Journal, Epoch = epoch, Events = [link] };
        return await client.PostAsJsonAsync("/v1/gates/yuyuan-in-1/events", upload, GateProtocolJson.Options, Cancellation);
    }

    [Theory]
    [InlineData("""{"journal":"AA","lastSeq":1,"deviceTime":"2026-05-04T08:30:15Z"}""")]
    [InlineData("""{"journal":"00000000000000aa","lastSeq":-1,"deviceTime":"2026-05-04T08:30:15Z"}""")]
    [InlineData("""{"journal":"00000000000000aa","lastSeq":9007199254740992,"deviceTime":"2026-05-04T08:30:15Z"}""")]
    [InlineData("""{"journal":"00000000000000aa","lastSeq":1}""")]
    [InlineData("""{"journal":"00000000000000aa","lastSeq":1,"epoch":"1","deviceTime":"2026-05-04T08:30:15Z"}""")]
    [InlineData("""{"journal":"00000000000000aa","lastSeq":1,"deviceTime":"2026-05-04T08:30:15Z","mood":"good"}""")]
    public async Task Heartbeat_OfAnotherForm_IsRefusedAndIsNoSignOfLife(string heartbeat)
    {
        using var client = _app.GateClient("yuyuan-in-1");

        using var response = await client.PostAsync(
            "/v1/gates/yuyuan-in-1/heartbeats", new StringContent(heartbeat, System.Text.Encoding.UTF8, "application/json"), Cancellation);

        await ProblemAssert.IsAsync(response, HttpStatusCode.BadRequest, "invalid-request");
        Assert.Equal("never", (await _app.GateAsync("yuyuan-in-1")).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Gate_ThatFallsSilent_IsShownAsSilentWithinThirtySeconds()
    {
        await _app.BeatAsync("yuyuan-in-1");
        await _app.BeatAsync("yuyuan-out-1");
        Assert.Equal("online", await StateAsync());
        Assert.Equal("exact", (await _app.OccupancyOfAsync("yuyuan")).GetProperty("confidence").GetString());

        _app.Time.Advance(TimeSpan.FromSeconds(25));
        await _app.BeatAsync("yuyuan-out-1");
        Assert.Equal("online", await StateAsync());
        _app.Time.Advance(TimeSpan.FromSeconds(1));

        var gate = await _app.GateAsync("yuyuan-in-1");
        Assert.Equal(
            ("silent", "2026-05-04T08:30:15Z"), (gate.GetProperty("state").GetString(), gate.GetProperty("lastHeardAt").GetString()));
        var occupancy = await _app.OccupancyOfAsync("yuyuan");
        Assert.Equal(("reduced", 1), (occupancy.GetProperty("confidence").GetString(), occupancy.GetProperty("silentGates").GetInt32()));

        await _app.BeatAsync("yuyuan-in-1");
        Assert.Equal("online", await StateAsync());
        Assert.Equal("exact", (await _app.OccupancyOfAsync("yuyuan")).GetProperty("confidence").GetString());
    }

    [Fact]
    public async Task Gate_ThatWasNeverHeard_CountsAsSilentOnlyWhereAnotherOneWas()
    {
        Assert.Equal("never", await StateAsync());
        Assert.Equal(0, (await _app.OccupancyOfAsync("yuyuan")).GetProperty("silentGates").GetInt32());

        await _app.BeatAsync("yuyuan-out-1");

        var occupancy = await _app.OccupancyOfAsync("yuyuan");
        Assert.Equal(("reduced", 1), (occupancy.GetProperty("confidence").GetString(), occupancy.GetProperty("silentGates").GetInt32()));
        Assert.Equal(0, (await _app.OccupancyOfAsync("hsp")).GetProperty("silentGates").GetInt32());
    }

    [Fact]
    public async Task Gate_ThatHasNotSentEverything_IsCountedUntilItHas()
    {
        await KnowAsync(1, 2);
        await _app.BeatAsync("yuyuan-in-1", lastSeq: 5);
        await _app.BeatAsync("yuyuan-out-1");
        Assert.Equal((3, "reduced"), await UnsentAsync());

        await KnowAsync(3, 4);
        Assert.Equal((1, "reduced"), await UnsentAsync());
        await KnowAsync(5, 6);
        Assert.Equal((0, "exact"), await UnsentAsync());

        async Task<(long Unsent, string? Confidence)> UnsentAsync()
        {
            var occupancy = await _app.OccupancyOfAsync("yuyuan");
            var unsent = (await _app.GateAsync("yuyuan-in-1")).GetProperty("unsent").GetInt64();
            Assert.Equal(unsent, occupancy.GetProperty("unsent").GetInt64());
            return (unsent, occupancy.GetProperty("confidence").GetString());
        }
    }

    [Fact]
    public async Task Gates_OfAFacility_AreThoseOfTheCityFileInItsOrder()
    {
        var gates = (await _app.AskAsync("/v1/facilities/hsp/gates"))
            .GetProperty("gates").EnumerateArray()
            .Select(gate => gate.GetProperty("id").GetString());

        Assert.Equal(["hsp-in-1", "hsp-in-2", "hsp-out-1", "hsp-out-2"], gates);
        using var client = _app.OperatorClient();
        using var unknown = await client.GetAsync("/v1/facilities/atlantis/gates", Cancellation);
        await ProblemAssert.IsAsync(unknown, HttpStatusCode.NotFound, "facility-not-found");
    }

    [Fact]
    public async Task Upload_IsASignOfLifeToo_WrittenAtOnceAndThenEveryFiveSeconds()
    {
        var roster = _app.Services.GetRequiredService<GateRoster>();
        var gate = _app.Services.GetRequiredService<CityDirectory>().FindGate(Gate)!;
        roster.Heard(gate, Now());

        await _app.PassUntilAsync(TimeSpan.FromSeconds(20), async () => await StateAsync() == "online");
        var written = Now();
        Assert.Equal(Instant.FromDateTimeOffset(ParkingApplication.Start), await HeardAtAsync());

        // Many more come within the next seconds: the last of them is written after five seconds, and none before.
        for (var upload = 0; upload < 20; upload++)
        {
            roster.Heard(gate, Now());
            _app.Time.Advance(TimeSpan.FromMilliseconds(200));
        }

        var last = Now();
        roster.Heard(gate, last);
        await _app.PassUntilAsync(TimeSpan.FromSeconds(20), async () => await HeardAtAsync() == last);
        Assert.True(Now() - written >= Duration.FromSeconds(4), $"{Now() - written}");
    }

    [Fact]
    public async Task Heartbeat_WhileTheStoreIsOutOfReach_IsToldToComeAgain()
    {
        using var app = new ParkingApplication
        {
            Replace = services => services.AddSingleton(BrokenStore.Create(() => throw new StoreUnavailableException("Gone."))),
        };
        using var client = app.GateClient("yuyuan-in-1");

        using var response = await client.PostAsJsonAsync(
            "/v1/gates/yuyuan-in-1/heartbeats", new { journal = GateTalk.Journal, lastSeq = 0, deviceTime = "2026-05-04T08:30:15Z" },
            Cancellation);
        using var feed = await app.GetFeedAsync("yuyuan-in-1");

        await ProblemAssert.IsAsync(response, HttpStatusCode.ServiceUnavailable, "store-unavailable");
        Assert.Equal(HttpStatusCode.OK, feed.StatusCode);
    }

    private Instant Now() => Instant.FromDateTimeOffset(_app.Time.GetUtcNow());

    private async Task<string?> StateAsync() => (await _app.GateAsync("yuyuan-in-1")).GetProperty("state").GetString();

    private async Task<Instant> HeardAtAsync() =>
        Assert.Single(
            (await _app.Services.GetRequiredService<ILiveStore>().GlanceAsync([new("yuyuan")]))[0].Heard, heard => heard.Gate == Gate).At;

    private Task KnowAsync(params long[] seqs) =>
        _app.Services.GetRequiredService<ILiveStore>().AcknowledgeAsync(new("yuyuan"), Gate, new(0xaa), seqs);
}

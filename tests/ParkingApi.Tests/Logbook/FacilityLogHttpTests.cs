using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Parking.Api.Tests.Infrastructure;
using Parking.Events;
using Parking.GateProtocol;
using Parking.Logbook;
using Parking.Ports;

namespace Parking.Api.Tests.Logbook;

/// <summary>What a facility's log says of it, and to whom.</summary>
public sealed class FacilityLogHttpTests : IDisposable
{
    private readonly ParkingApplication _app = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task Passages_ThatNobodyAccountsFor_ReduceTheConfidenceUntilSomebodyCounts()
    {
        await RestoreAsync(3);
        await RecordAsync(LogEntry.Incident(Id(1), Now(), Now(), GateIncident.Tailgating));
        await RecordAsync(LogEntry.OpenedByHand(Id(2), Now(), Now(), "ambulance"));
        Assert.Equal(("reduced", 2, null, 3), await TrustAsync());

        _app.Time.Advance(TimeSpan.FromMinutes(1));
        await RecordAsync(LogEntry.Counted(Id(3), Now(), Now(), 5));
        Assert.Equal(("exact", 0, 2, 5), await TrustAsync());

        await RestoreAsync(4);
        Assert.Equal(("exact", 0, 2, 6), await TrustAsync());
    }

    [Fact]
    public async Task Correction_ThatTakesAwayMoreThanThereIs_ShowsNone()
    {
        await RestoreAsync(3);
        await RecordAsync(LogEntry.Counted(Id(1), Now(), Now(), 0));
        await _app.Services.GetRequiredService<ILiveStore>().GiveBackAsync(new("yuyuan"), [Space(1)]);

        Assert.Equal(("exact", 0, -3, 0), await TrustAsync());
    }

    [Fact]
    public async Task Gate_WithAFaultOrOffline_SaysSo()
    {
        await RecordAsync(LogEntry.Incident(Id(1), Now(), Now(), GateIncident.BarrierFault, detail: "arm bent"));
        await RecordAsync(LogEntry.Link(Id(2), Now(), Now(), LinkChange.WentOffline));

        var gate = await _app.GateAsync("yuyuan-in-1");

        Assert.Equal((true, true), (gate.GetProperty("fault").GetBoolean(), gate.GetProperty("offline").GetBoolean()));
        Assert.Equal(
            """{"incident":"barrier_fault","occurredAt":"2026-05-04T08:30:15Z","detail":"arm bent"}""",
            gate.GetProperty("lastIncident").GetRawText());
        Assert.False((await _app.GateAsync("yuyuan-out-1")).TryGetProperty("lastIncident", out _));
    }

    [Fact]
    public async Task Log_OfAFacility_IsNewestFirstAndInParts()
    {
        for (var seq = 1; seq <= 5; seq++)
        {
            await RecordAsync(LogEntry.OpenedByHand(Id(seq), Now() - Duration.FromMinutes(10 - seq), Now(), $"reason {seq}"));
        }

        var all = await _app.AskAsync("/v1/facilities/yuyuan/log");
        var part = await _app.AskAsync("/v1/facilities/yuyuan/log?skip=1&limit=2");

        Assert.Equal([5, 4, 3, 2, 1], SeqsOf(all));
        Assert.Equal((5, "4,3"), (part.GetProperty("total").GetInt32(), string.Join(',', SeqsOf(part))));
        Assert.Equal(
            """{"gate":"yuyuan-in-1","journal":"00000000000000aa","seq":5"""
                + ""","kind":"opened_by_hand","occurredAt":"2026-05-04T08:25:15Z","recordedAt":"2026-05-04T08:30:15Z","text":"reason 5"}""",
            all.GetProperty("entries")[0].GetRawText());
    }

    [Theory]
    [InlineData("/v1/facilities/atlantis/log", HttpStatusCode.NotFound, "facility-not-found")]
    [InlineData("/v1/facilities/yuyuan/log?limit=501", HttpStatusCode.BadRequest, "invalid-request")]
    [InlineData("/v1/facilities/yuyuan/log?limit=0", HttpStatusCode.BadRequest, "invalid-request")]
    [InlineData("/v1/facilities/yuyuan/log?skip=-1", HttpStatusCode.BadRequest, "invalid-request")]
    [InlineData("/v1/facilities/yuyuan/log?skip=x", HttpStatusCode.BadRequest, "invalid-request")]
    public async Task Log_AskedForOtherwise_IsRefused(string path, HttpStatusCode status, string problem)
    {
        using var client = _app.OperatorClient();

        using var response = await client.GetAsync(path, Cancellation);

        await ProblemAssert.IsAsync(response, status, problem);
    }

    [Fact]
    public async Task Log_ThatCannotBeRead_LeavesTheNumberAndSaysThatItIsInDoubt()
    {
        await RestoreAsync(3);
        await _app.Services.GetRequiredService<ILiveStore>().CommitLogAsync(new("yuyuan"), 0, new byte[] { 0xff });

        Assert.Equal(("unknown", 0, null, 3), await TrustAsync());
        Assert.Equal(("unknown", 0, null, 3), await TrustAsync());
        Assert.Single(_app.Log.Lines, line => line.Contains("FacilityLogUnreadable", StringComparison.Ordinal));
    }

    private async Task<(string? Confidence, int Unexplained, int? Correction, int Shown)> TrustAsync()
    {
        var occupancy = await _app.OccupancyOfAsync("yuyuan");
        return (
            occupancy.GetProperty("confidence").GetString(),
            occupancy.GetProperty("unexplained").GetInt32(),
            occupancy.TryGetProperty("correction", out var correction) ? correction.GetInt32() : null,
            occupancy.GetProperty("shown").GetInt32());
    }

    private static IEnumerable<int> SeqsOf(JsonElement log) =>
        log.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("seq").GetInt32());

    private Task RecordAsync(LogEntry entry) => _app.Services.GetRequiredService<FacilityLogbook>().RecordAsync(new("yuyuan"), entry);

    private Task RestoreAsync(int spaces) =>
        _app.Services.GetRequiredService<ILiveStore>()
            .RestoreAsync(new("yuyuan"), new(1), [.. Enumerable.Range(1, spaces).Select(seq => Space(seq))]);

    private static GateEventId Space(int seq) => new(new("yuyuan-in-1"), new(7), seq);

    private static GateEventId Id(long seq) => new(new("yuyuan-in-1"), new(0xaa), seq);

    private Instant Now() => Instant.FromDateTimeOffset(_app.Time.GetUtcNow());
}

using System.Globalization;
using System.Net.Mime;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.Limits;
using Parking.Api.Hosting.OpenApi;
using Parking.Api.Hosting.Problems;
using Parking.Events;
using Parking.GateProtocol;
using Parking.Ports;

namespace Parking.Api.Gates;

/// <summary>The endpoints that a gate calls without a scan: its feed and its heartbeats.</summary>
internal static class FeedEndpoints
{
    private static readonly GateFeed FeedExample = new()
    {
        Facility = "hsp",
        Direction = GateDirection.Entry,
        State = FacilityState.Open,
        Keys = JsonElement.Parse("""
            { "keys": [ {
              "kty": "EC", "crv": "P-256",
              "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
              "kid": "8d97a6f2", "alg": "ES256", "use": "sig" } ] }
            """),
        CertificateKeys = JsonElement.Parse("""
            { "keys": [ {
              "kty": "EC", "crv": "P-256",
              "x": "Wg3ikMVZVmFvFVJroF-PuSOGkQY-4azch3HJdYVYHqo", "y": "pZ2oivNz5od4kktaPIld4y13x2GOv2V3sN-RcRedhpM",
              "kid": "750a249a", "alg": "ES256", "use": "sig", "urn:parking:signs": "device-certificates" } ] }
            """),
        RevokedKeys = ["1b6f03ce"],
        SkewSeconds = 30,
        Offline = new() { Policy = OfflinePolicy.Open, OpeningsPerHour = 120 },
        LateExitHours = 12,
        AnswerBudgetMilliseconds = 800,
        HeartbeatSeconds = 10,
        KeepEventsHours = 168,
    };

    private static readonly Heartbeat HeartbeatExample = new()
    {
        Journal = "9f2c4e1ab03d5577",
        LastSeq = 13,
        Epoch = "5f0a21c7",
        DeviceTime = Instant.FromUtc(2026, 5, 4, 9, 35, 20),
        ClockOffset = -120,
        Barrier = BarrierPosition.Closed,
    };

    private static readonly HeartbeatAnswer AnswerExample = new()
    {
        Time = Instant.FromUtc(2026, 5, 4, 9, 35, 20),
        Epoch = "5f0a21c7",
        ResendFrom = Instant.FromUtc(2026, 5, 3, 22, 4, 11),
        AcknowledgedThrough = 13,
        Feed = "\"q3mV0a1y5pQ0cA8rN2kUeg\"",
        Revocations = 42,
    };

    private static readonly GateRevocations RevocationsExample = new()
    {
        Epoch = "5f0a21c7",
        Entries = [new() { Number = 42, Digest = "9f2c4e1ab03d5577", ExpiresAt = Instant.FromUtc(2026, 5, 11, 9, 0) }],
        Newest = 42,
    };

    /// <summary>The most entries of an answer.</summary>
    private const int MostRevocations = 1000;

    public static void MapFeeds(this IEndpointRouteBuilder routes)
    {
        var gate = routes.MapGroup("/v1/gates/{gateId}").WithTags("Gates")
            .RequireAuthorization(Policies.Gate)
            .RequireRateLimiting(RateLimits.Scanning)
            .Meets(HttpProblems.Unauthenticated, HttpProblems.GateMismatch, HttpProblems.TooManyRequests);

        gate.MapGet("/feed", GetFeed)
            .WithName("GetGateFeed").WithSummary("All data that a gate needs to decide alone")
            .WithDescription("Ask again with If-None-Match: 304 means that nothing has changed.")
            .Produces<GateFeed>(StatusCodes.Status200OK, MediaTypeNames.Application.Json).Produces(StatusCodes.Status304NotModified)
            .WithResponseExample(FeedExample);
        gate.MapGet("/revocations", GetRevocationsAsync)
            .WithName("GetRevocations").WithSummary("Certificates of devices whose codes open nothing any more")
            .WithDescription(
                "What was added after the number that is given, 0 to begin. A heartbeat's answer has the newest number. At most 1,000 in "
                + "an answer: ask again after the last one until there are none.")
            .WithResponseExample(RevocationsExample)
            .Meets(HttpProblems.InvalidRequest, HttpProblems.StoreUnavailable);
        gate.MapPost("/heartbeats", PostHeartbeatAsync)
            .WithName("PostHeartbeat").WithSummary("A gate's heartbeat")
            .WithDescription(
                "The answer says how much of the gate's journal is known, and has the current entity tag of its feed. "
                + "A gate with another tag fetches the feed.")
            .WithRequestExample(HeartbeatExample).WithResponseExample(AnswerExample)
            .Meets(HttpProblems.InvalidRequest, HttpProblems.StoreUnavailable);
    }

    private static FileContentHttpResult GetFeed(string gateId, GateDevice device, GateFeeds feeds, HttpResponse response) =>
        feeds.Of(device.Gate).SendPrivately(MediaTypeNames.Application.Json, response);

    private static async Task<Results<Ok<GateRevocations>, ValidationProblem, ProblemHttpResult>> GetRevocationsAsync(
        string gateId, GateDevice device, IDeviceStore store, IStoreHealth health, long after = 0)
    {
        if (after < 0)
        {
            return HttpProblems.Invalid(new() { ["after"] = ["The last number that the gate has; 0 to begin."] });
        }

        var life = await health.LifeAsync();
        var page = await store.ReadRevocationsAsync(after, MostRevocations);
        return TypedResults.Ok(new GateRevocations
        {
            Epoch = life.Epoch,
            Entries =
            [
                .. page.Entries.Select(entry => new GateRevocation
                {
                    Number = entry.Number,
                    Digest = entry.Certificate.Digest.ToString("x16", CultureInfo.InvariantCulture),
                    ExpiresAt = entry.Certificate.ExpiresAt,
                }),
            ],
            Newest = page.Newest,
        });
    }

    /// <remarks>Takes no cancellation token: it changes state.</remarks>
    private static async Task<Results<Ok<HeartbeatAnswer>, ProblemHttpResult>> PostHeartbeatAsync(
        string gateId,
        GateDevice device,
        Heartbeat heartbeat,
        IJournalStore journals,
        IStoreHealth health,
        GateRoster roster,
        GateFeeds feeds,
        RevocationWatch revocations,
        IClock clock)
    {
        var gate = device.Gate;
        var journal = JournalId.Parse(heartbeat.Journal);
        var acknowledged = (await journals.AcknowledgedAsync(gate.Facility.Id, [new(gate.Id, journal)]))[0];
        await roster.HeardAsync(gate, clock.GetCurrentInstant(), new(journal, heartbeat.LastSeq, acknowledged, heartbeat.Barrier));
        var life = await health.LifeAsync();
        return TypedResults.Ok(new HeartbeatAnswer
        {
            Time = clock.GetCurrentInstant(),
            Epoch = life.Epoch,
            ResendFrom = life.ResendFrom(heartbeat.Epoch),
            AcknowledgedThrough = acknowledged,
            Feed = feeds.Of(gate).Tag.ToString(),
            Revocations = revocations.Newest,
        });
    }
}

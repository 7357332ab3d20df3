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
    };

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

    /// <remarks>Takes no cancellation token: it changes state.</remarks>
    private static async Task<Results<Ok<HeartbeatAnswer>, ProblemHttpResult>> PostHeartbeatAsync(
        string gateId,
        GateDevice device,
        Heartbeat heartbeat,
        IJournalStore journals,
        IStoreHealth health,
        GateRoster roster,
        GateFeeds feeds,
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
        });
    }
}

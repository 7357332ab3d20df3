using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.Limits;
using Parking.Api.Hosting.OpenApi;
using Parking.Api.Hosting.Problems;
using Parking.GateProtocol;

namespace Parking.Api.Gates;

/// <summary>What gates call.</summary>
internal static class ScanEndpoints
{
    private static readonly ProblemKind ScanConflict = new(
        "scan-conflict",
        StatusCodes.Status409Conflict,
        "Another content stands under this identity",
        "A journal's number names one event for ever. Give a new event a new number; after a change of disk, begin a new journal.");

    private static readonly ProblemKind ScanForgotten = new(
        "scan-forgotten",
        StatusCodes.Status409Conflict,
        "This scan was answered long ago",
        "Its answer is no longer kept, and it is not decided again. Nothing is left to do for it.");

    private static readonly ScanRequest RequestExample = new()
    {
        Journal = "9f2c4e1ab03d5577",
        Seq = 12,
        DeviceTime = Instant.FromUtc(2026, 5, 4, 9, 35, 16),
        Code = "SP1:…",
    };

    private static readonly ScanAnswer AnswerExample = new()
    {
        Decision = GateDecision.Open,
        Reason = ScanReason.Exited,
        DecidedAt = Instant.FromUtc(2026, 5, 4, 9, 35, 16),
        Stay = new()
        {
            Id = "4be1c6f0a7d94f0f8f2c1a5d3e6b7a90",
            EnteredAt = Instant.FromUtc(2026, 5, 4, 8, 30, 16),
            ExitedAt = Instant.FromUtc(2026, 5, 4, 9, 35, 16),
        },
        Fee = new()
        {
            Currency = "CNY",
            Total = 2500,
            Lines =
            [
                new() { Text = new("标准：1×1小时 ¥15", "Standard: 1 × 1 h at ¥15"), Amount = 1500 },
                new() { Text = new("标准：1×30分钟 ¥10", "Standard: 1 × 30 min at ¥10"), Amount = 1000 },
            ],
        },
        Display = new("一路平安，停车1小时5分，¥25", "Goodbye. Parked 1 h 5 min, ¥25"),
        AcknowledgedThrough = 12,
    };

    public static void MapScans(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/gates/{gateId}/scans", PostScanAsync)
            .WithName("PostScan").WithTags("Gates").WithSummary("A code was shown: open or refuse?")
            .WithDescription(
                "The answer says what the barrier is to do, why, and what to show. A refusal is an answer like any other (200). "
                + "Post a scan again, unchanged, until it is answered: it is decided once, and every repetition gets the first answer.")
            .RequireAuthorization(Policies.Gate)
            .RequireRateLimiting(RateLimits.Scanning)
            .WithRequestExample(RequestExample).WithResponseExample(AnswerExample)
            .Meets(
                HttpProblems.InvalidRequest, HttpProblems.Unauthenticated, HttpProblems.GateMismatch, ScanConflict, ScanForgotten,
                HttpProblems.TooManyRequests, HttpProblems.StoreUnavailable);

    /// <remarks>Takes no cancellation token: a gate that hangs up must not leave a scan half decided for the sweep to find.</remarks>
    private static async Task<Results<Ok<ScanAnswer>, ProblemHttpResult>> PostScanAsync(
        string gateId, GateDevice device, ScanRequest request, ScanHandler handler, ScanReport report, HttpResponse response)
    {
        var started = report.Start();
        var outcome = await handler.HandleAsync(device.Gate, request);
        var elapsed = report.Finish(device.Gate, request, outcome, started);
        response.Headers["Server-Timing"] = string.Create(CultureInfo.InvariantCulture, $"decide;dur={elapsed.TotalMilliseconds:F2}");
        return outcome switch
        {
            ScanOutcome.Answered answered => TypedResults.Ok(answered.Answer),
            ScanOutcome.Conflicting => ScanConflict.ToResult(),
            _ => ScanForgotten.ToResult(),
        };
    }
}

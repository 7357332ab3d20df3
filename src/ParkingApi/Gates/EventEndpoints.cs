using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using NodaTime;
using Parking.Admission;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.Limits;
using Parking.Api.Hosting.OpenApi;
using Parking.Api.Hosting.Problems;
using Parking.GateProtocol;
using Parking.Ports;

namespace Parking.Api.Gates;

/// <summary>The endpoint at which gates report events.</summary>
internal static class EventEndpoints
{
    /// <summary>
    /// The largest upload. The highest number of events with the longest texts would be larger, but no gate has that many at once.
    /// </summary>
    public const int MaxBodyBytes = 512 * 1024;

    private static readonly ProblemKind EventConflict = new(
        "event-conflict",
        StatusCodes.Status409Conflict,
        "A different event is stored with the identity of an event",
        "A journal's number identifies one event for ever. The member answer has the outcome of each event. "
        + "Begin a new journal, and call a technician.");

    public static void MapEvents(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/gates/{gateId}/events", PostAsync)
            .WithName("PostEvents").WithTags("Gates")
            .WithSummary("Reports events of a gate; a scan is answered with its decision, open or refuse")
            .WithDescription(
                "Takes live and late events, 1 to 256 of one journal, in ascending order. "
                + "Each event gets an answer; a refusal is a normal answer. "
                + "Repeat the same upload, unchanged, until it is answered: each event is taken in once, "
                + "and every repetition gets the first answer.")
            .RequireAuthorization(Policies.Gate)
            .RequireRateLimiting(RateLimits.Scanning)
            .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
            .WithBody<EventUpload>()
            .WithRequestExample(EventExamples.Upload).WithResponseExample(EventExamples.Answer)
            .Meets(
                HttpProblems.InvalidRequest, HttpProblems.Unauthenticated, HttpProblems.GateMismatch, EventConflict,
                HttpProblems.BodyTooLarge, HttpProblems.UnsupportedMediaType, HttpProblems.TooManyRequests, HttpProblems.StoreUnavailable);

    /// <remarks>
    /// Takes no cancellation token: a gate that disconnects must not leave an event that is only partly taken in and waits for the sweep.
    /// </remarks>
    private static async Task<Results<Ok<UploadAnswer>, ValidationProblem, ProblemHttpResult>> PostAsync(
        string gateId,
        GateDevice device,
        EventUploadBody upload,
        EventAdmission handler,
        EventReport report,
        GateRoster roster,
        IJournalStore journals,
        IStoreHealth health,
        IClock clock,
        HttpResponse response)
    {
        var receivedAt = clock.GetCurrentInstant();
        if (!EventReader.TryRead(upload, receivedAt, out var journal, out var events, out var errors))
        {
            return HttpProblems.Invalid(errors);
        }

        roster.Heard(device.Gate, receivedAt);
        var started = report.Start();
        var answers = new List<EventAnswer>(events.Count);
        var through = 0L;
        foreach (var incoming in events)
        {
            var begun = report.Start();
            var handled = await handler.HandleAsync(device.Gate, journal, incoming);
            report.Finish(device.Gate, journal, incoming, handled, begun);
            answers.Add(handled.ToAnswer(incoming.Seq));
            through = handled.AcknowledgedThrough;
        }

        if (upload.KeptFrom is { } kept && through < kept - 1)
        {
            through = await journals.PassOverAsync(device.Gate.Facility.Id, device.Gate.Id, journal, kept - 1);
        }

        response.Headers["Server-Timing"] =
            string.Create(CultureInfo.InvariantCulture, $"decide;dur={report.Elapsed(started).TotalMilliseconds:F2}");
        var life = await health.LifeAsync();
        var answer = new UploadAnswer
        {
            Time = clock.GetCurrentInstant(),
            Epoch = life.Epoch,
            ResendFrom = life.ResendFrom(upload.Epoch),
            AcknowledgedThrough = through,
            Answers = answers,
        };
        return answers.Exists(one => one.Outcome == EventOutcome.Conflict)
            ? EventConflict.ToResult(new Dictionary<string, object?> { ["answer"] = answer })
            : TypedResults.Ok(answer);
    }
}

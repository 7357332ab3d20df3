using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Parking.Api.Hosting.Audit;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.Ndjson;
using Parking.Api.Hosting.OpenApi;
using Parking.Api.Hosting.Problems;
using Parking.Contracts;
using Parking.Facilities;
using Parking.Rights;

namespace Parking.Api.Recording;

/// <summary>The endpoint that streams gate events, to be stored as a trace.</summary>
internal static class RecordingEndpoints
{
    public const string Path = "/v1/recording";

    private const string Example =
        """{"recording":1,"starts":"2026-05-04T08:30:00Z","city":{"timeZone":"Asia/Shanghai","districts":[],"facilities":[]},"files":{}}"""
        + "\n"
        + """{"type":"scan","at":"2026-05-04T08:30:15Z","gate":"hsp-in-1","journal":"9f2c4e1ab03d5577","seq":17"""
        + ""","driver":"d5c1e8a90b7f32d4","vehicle":"v0f9a6b3c2d1e4857","class":"electric","code":"c77b2e0d9146f3a8","reason":"entered"}"""
        + "\n"
        + """{"type":"act","at":"2026-05-04T08:30:21Z","gate":"hsp-in-1","journal":"9f2c4e1ab03d5577","seq":19,"act":"passed","scan":17}"""
        + "\n"
        + """{"type":"quiet","at":"2026-05-04T08:30:36Z"}"""
        + "\n";

    private static readonly ProblemKind TooManyRecordings = new(
        "too-many-recordings",
        StatusCodes.Status429TooManyRequests,
        "Too many recordings are running",
        $"At most {Recorder.MaxRecordings} can run at a time. Wait until one of them ends.");

    public static void MapRecording(this IEndpointRouteBuilder routes) => routes.MapGet(Path, Get)
        .WithName("RecordEvents").WithTags("Gates").WithSummary("Streams the gate events from now on, without naming anybody")
        .WithDescription(
            "Sends lines of JSON (NDJSON) until the caller closes the connection. "
            + "The first line has the city; each further line has an event that was taken in, with its decision. "
            + "Drivers, vehicles and codes have pseudonyms that are valid for this call only; texts that people typed are omitted. "
            + "Lines are in the order in which the service took the events in: late events come late, and an event that a gate repeats "
            + "comes again, with the same gate, journal and seq. After 15 seconds without an event there is a line of type quiet. "
            + "If the caller reads too slowly, the service ends the recording with a line of type end. "
            + "A recording has only the events of this instance of the service. The simulator's command record makes a trace of it.")
        .RequireDuty(DutyKind.Watch, DutyScope.City)
        .RefuseScreens()
        .Audits(_ => AuditSubject.OfCity("record_events"))
        .Produces<string>(StatusCodes.Status200OK, NdjsonWriter.MediaType)
        .WithResponseExample(Example)
        .Meets(HttpProblems.Unauthenticated, HttpProblems.Forbidden, TooManyRecordings);

    private static Results<RecordingStream, ProblemHttpResult> Get(Recorder recorder, CityDirectory city, Staff staff) =>
        recorder.Begin(staff) is { } tape ? new RecordingStream(tape, HeaderOf(tape, city.Documents)) : TooManyRecordings.ToResult();

    private static RecordingHeader HeaderOf(EventTape tape, CityDocuments city) => new()
    {
        Starts = tape.BeganAt,
        City = JsonElement.Parse(city.City.Span),
        Files = city.Files.ToDictionary(file => file.Key, file => JsonElement.Parse(file.Value.Span)),
    };
}

using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.Ndjson;
using Parking.Api.Hosting.OpenApi;
using Parking.Api.Hosting.Problems;
using Parking.Contracts;
using Parking.Facilities;

namespace Parking.Api.Recording;

/// <summary>What happens at the gates, to be kept as a trace.</summary>
internal static class RecordingEndpoints
{
    public const string Path = "/v1/recording";

    private const string Example =
        """
        {"recording":1,"starts":"2026-05-04T08:30:00Z","city":{"timeZone":"Asia/Shanghai","districts":[],"facilities":[]},"files":{}}
        {"type":"scan","at":"2026-05-04T08:30:15Z","gate":"hsp-in-1","journal":"9f2c4e1ab03d5577","seq":17,"driver":"d5c1e8a90b7f32d4","vehicle":"v0f9a6b3c2d1e4857","class":"electric","code":"c77b2e0d9146f3a8","reason":"entered"}
        {"type":"act","at":"2026-05-04T08:30:21Z","gate":"hsp-in-1","journal":"9f2c4e1ab03d5577","seq":19,"act":"passed","scan":17}
        {"type":"quiet","at":"2026-05-04T08:30:36Z"}

        """;

    private static readonly ProblemKind TooManyRecordings = new(
        "too-many-recordings", StatusCodes.Status429TooManyRequests, "As many record as may at a time", $"At most {Recorder.MaxRecordings}. Wait until one of them ends.");

    public static void MapRecording(this IEndpointRouteBuilder routes) => routes.MapGet(Path, Get)
        .WithName("RecordEvents").WithTags("Gates").WithSummary("What happens at the gates from now on, without naming anybody")
        .WithDescription(
            "Lines of JSON (NDJSON), as they come, until the caller closes the connection. The first has the city; each further one is an event that was taken in, by what was decided of it. "
            + "Drivers, vehicles and codes have pseudonyms that hold for this call only; what people typed is left out. Lines come in the order in which the service was told: late events come late, and what a gate "
            + "repeats comes again, under its gate, journal and seq. Nothing for 15 seconds is a line of type quiet. A caller who reads too slowly is cut off by a line of type end. "
            + "Only what this instance of the service is told. The simulator's command record makes a trace of it.")
        .RequireAuthorization(Policies.Operator)
        .Produces<string>(StatusCodes.Status200OK, NdjsonWriter.MediaType)
        .WithResponseExample(Example)
        .Meets(HttpProblems.Unauthenticated, HttpProblems.Forbidden, TooManyRecordings);

    private static Results<RecordingStream, ProblemHttpResult> Get(Recorder recorder, CityDirectory city) =>
        recorder.Begin() is { } tape ? new RecordingStream(tape, HeaderOf(tape, city.Documents)) : TooManyRecordings.ToResult();

    private static RecordingHeader HeaderOf(EventTape tape, CityDocuments city) => new()
    {
        Starts = tape.BeganAt,
        City = JsonElement.Parse(city.City.Span),
        Files = city.Files.ToDictionary(file => file.Key, file => JsonElement.Parse(file.Value.Span)),
    };
}

using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.Limits;
using Parking.Api.Hosting.Ndjson;
using Parking.Api.Hosting.OpenApi;
using Parking.Api.Hosting.Problems;
using Parking.Facilities;

namespace Parking.Api.Tariffs;

/// <summary>What stays would cost, as many as one likes.</summary>
internal static class QuoteEndpoints
{
    /// <summary>A million and a half stays with every field, four million with the times alone. What a call has beyond this is not read.</summary>
    public const int MaxBodyBytes = 256 * 1024 * 1024;

    private const string RequestExample =
        """
        {"facility":"hsp","lines":false,"nextChange":true}
        {"enteredAt":"2026-05-04T00:30:15Z","exitedAt":"2026-05-04T02:00:00Z","vehicleClass":"car","entitlements":[],"occupancyPercent":40,"validations":[]}
        {"enteredAt":"2026-05-04T08:30:15+08:00","exitedAt":"2026-05-04T10:00:00+08:00","payments":[{"paidAt":"2026-05-04T09:55:00+08:00","amount":2500}]}
        {"enteredAt":"2026-05-04T00:30:15Z","exitedAt":"2026-05-03T02:00:00Z"}

        """;

    private const string ResponseExample =
        """
        {"stay":1,"tariff":"hsp","version":2,"rateTable":"everyone","rate":"day-night","currency":"CNY","enteredAt":"2026-05-04T00:30:15Z","exitedAt":"2026-05-04T02:00:00Z","total":2500,"paid":0,"due":2500,"exceedsMaximumStay":false,"nextChange":{"leaveBy":"2026-05-04T02:00:15Z","total":3500}}
        {"stay":2,"tariff":"hsp","version":2,"rateTable":"everyone","rate":"day-night","currency":"CNY","enteredAt":"2026-05-04T00:30:15Z","exitedAt":"2026-05-04T02:00:00Z","total":2500,"paid":2500,"due":0,"exceedsMaximumStay":false}
        {"stay":3,"error":{"path":"$.exitedAt","problem":"the stay ends before it begins","expected":"not before enteredAt"}}

        """;

    private static readonly ProblemKind InvalidQuoteRequest = new(
        "invalid-quote-request",
        StatusCodes.Status400BadRequest,
        "The first line does not say by which tariff to price",
        "The member errors has everything that is wrong, each with its place.");

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/tariffs/quotes", QuoteAsync)
        .WithName("QuoteStays").WithTags("Tariffs").WithSummary("What stays cost by a facility's tariff, or by one of the caller's own")
        .WithDescription(
            "Lines of JSON (NDJSON). The first names the tariff: a facility, or a whole document; lines asks for each price line by line, nextChange for when it changes. "
            + "Each further line is a stay, and is answered by one line, in order and as soon as possible; a line that is no stay is answered by its error and stops no other. "
            + "A caller who sends many stays must read while sending: answers that nobody reads hold up the reading of stays.")
        .RequireAuthorization(Policies.Citizen)
        .RequireRateLimiting(RateLimits.Quoting)
        .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
        .Accepts<string>(NdjsonWriter.MediaType)
        .Produces<string>(StatusCodes.Status200OK, NdjsonWriter.MediaType)
        .WithRequestExample(RequestExample)
        .WithResponseExample(ResponseExample)
        .Meets(InvalidQuoteRequest, HttpProblems.Unauthenticated, HttpProblems.BodyTooLarge, HttpProblems.UnsupportedMediaType, HttpProblems.TooManyRequests);

    private static async Task<Results<QuoteStream, ProblemHttpResult>> QuoteAsync(HttpRequest http, CityDirectory city, CancellationToken cancellationToken)
    {
        var lines = new NdjsonReader(http.BodyReader);
        NdjsonLine first;
        while (!lines.TryRead(QuoteOrder.MaxBytes, out first))
        {
            if (!await lines.FillAsync(cancellationToken))
            {
                lines.Stop();
                return InvalidQuoteRequest.ToResult([new("$", "the first line is missing", "a line with facility or tariff")]);
            }
        }

        if (QuoteOrder.Read(first, city, out var errors) is { } request)
        {
            return new QuoteStream(lines, request);
        }

        lines.Stop();
        return InvalidQuoteRequest.ToResult(errors);
    }
}

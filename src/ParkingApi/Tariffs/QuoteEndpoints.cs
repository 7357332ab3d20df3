using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.Limits;
using Parking.Api.Hosting.Ndjson;
using Parking.Api.Hosting.OpenApi;
using Parking.Api.Hosting.Problems;
using Parking.Facilities;

namespace Parking.Api.Tariffs;

/// <summary>The endpoint that prices any number of stays.</summary>
internal static class QuoteEndpoints
{
    /// <summary>1.5 million stays with all fields, or 4 million with times only. The rest of a larger body is not read.</summary>
    public const int MaxBodyBytes = 256 * 1024 * 1024;

    private const string RequestExample =
        """{"facility":"hsp","lines":false,"nextChange":true}"""
        + "\n"
        + """{"enteredAt":"2026-05-04T00:30:15Z","exitedAt":"2026-05-04T02:00:00Z","vehicleClass":"car","entitlements":[]"""
        + ""","occupancyPercent":40,"validations":[]}"""
        + "\n"
        + """{"enteredAt":"2026-05-04T08:30:15+08:00","exitedAt":"2026-05-04T10:00:00+08:00","payments":["""
        + """{"paidAt":"2026-05-04T09:55:00+08:00","amount":2500}]}"""
        + "\n"
        + """{"enteredAt":"2026-05-04T00:30:15Z","exitedAt":"2026-05-03T02:00:00Z"}"""
        + "\n";

    private const string ResponseExample =
        """{"stay":1"""
        + PricedExample
        + ""","total":2500,"paid":0,"due":2500,"exceedsMaximumStay":false,"nextChange":{"leaveBy":"2026-05-04T02:00:15Z","total":3500}}"""
        + "\n"
        + """{"stay":2"""
        + PricedExample
        + ""","total":2500,"paid":2500,"due":0,"exceedsMaximumStay":false}"""
        + "\n"
        + """{"stay":3,"error":{"path":"$.exitedAt","problem":"the stay ends before it begins","expected":"not before enteredAt"}}"""
        + "\n";

    private const string PricedExample =
        ",\"tariff\":\"hsp\",\"version\":2,\"rateTable\":\"everyone\",\"rate\":\"day-night\",\"currency\":\"CNY\""
        + ",\"enteredAt\":\"2026-05-04T00:30:15Z\",\"exitedAt\":\"2026-05-04T02:00:00Z\"";

    private static readonly ProblemKind InvalidQuoteRequest = new(
        "invalid-quote-request",
        StatusCodes.Status400BadRequest,
        "The first line does not say by which tariff to price",
        "The member errors has everything that is wrong, each with its place.");

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/v1/tariffs/quotes", QuoteAsync)
        .WithName("QuoteStays").WithTags("Tariffs").WithSummary("Prices stays by a facility's tariff, or by a tariff of the caller")
        .WithDescription(
            "Takes lines of JSON (NDJSON). The first line has the tariff: a facility, or a whole tariff document; "
            + "lines asks for the lines of each price, nextChange for the time of its next change. "
            + "Each further line is a stay, and gets one line as answer, in order and as soon as possible. "
            + "A line that is not a stay gets its error as answer and does not stop the others. "
            + "A caller who sends many stays must read while sending: the service stops reading while its answers are not read.")
        .RequireAuthorization(Policies.Citizen)
        .RequireRateLimiting(RateLimits.Quoting)
        .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
        .Accepts<string>(NdjsonWriter.MediaType)
        .Produces<string>(StatusCodes.Status200OK, NdjsonWriter.MediaType)
        .WithRequestExample(RequestExample)
        .WithResponseExample(ResponseExample)
        .Meets(
            InvalidQuoteRequest, HttpProblems.Unauthenticated, HttpProblems.BodyTooLarge, HttpProblems.UnsupportedMediaType,
            HttpProblems.TooManyRequests);

    private static async Task<Results<QuoteStream, ProblemHttpResult>> QuoteAsync(
        HttpRequest http, CityDirectory city, CancellationToken cancellationToken)
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

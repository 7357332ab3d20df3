using System.Diagnostics;
using System.Net.Mime;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using NodaTime;
using Parking.Api.Facilities;
using Parking.Api.Hosting;
using Parking.Api.Hosting.OpenApi;
using Parking.Api.Hosting.Problems;
using Parking.Contracts;
using Parking.Facilities;
using Parking.Tariffs.Boards;
using Parking.Tariffs.Documents;

namespace Parking.Api.Tariffs;

/// <summary>The endpoints of tariffs as documents and as price boards.</summary>
internal static class TariffEndpoints
{
    private const string JsonSchema = "application/schema+json";

    /// <summary>A short time, since a board changes with the version in force.</summary>
    private const string BoardCacheControl = "public, max-age=60";

    private static readonly ProblemKind TariffNotFound = new(
        "tariff-not-found", StatusCodes.Status404NotFound, "This facility has no tariff", "Its stays have no price here.");

    private static readonly ProblemKind VersionNotFound = new(
        "tariff-version-not-found", StatusCodes.Status404NotFound, "This tariff has no such version");

    private static readonly PublishedContent Schema = new(Encoding.UTF8.GetBytes(TariffSchema.Json));

    private static readonly PriceBoardAnswer BoardExample = new(
        ["豫园里弄小停车场", "15分钟内离场免费，超过则自入场起计费", "首小时 ¥15，之后每30分钟 ¥10", "每日封顶 ¥80", "总价四舍五入到 ¥1"],
        [
            "Yuyuan Lane Yard",
            "Free if you leave within 15 min; longer stays pay from the start",
            "First hour ¥15, then ¥10 per started 30 min",
            "At most ¥80 a calendar day",
            "The total is rounded to the nearest ¥1",
        ]);

    public static readonly JsonNode TariffExample = JsonNode.Parse(
        """
        {
          "format": 1, "id": "example", "name": { "zh": "示例停车场", "en": "Example car park" },
          "currency": "CNY", "timeZone": "Asia/Shanghai",
          "versions": [ { "version": 1, "rounding": { "unit": 100, "mode": "halfUp" }, "rateTables": [ { "id": "everyone", "rates": [
            { "id": "standard", "name": { "zh": "标准", "en": "Standard" },
              "bands": [ { "id": "any-time", "rateLines": [
                { "rateLineType": "incrementingRate", "value": 500, "durationStart": "PT0S", "incrementPeriod": "PT30M" } ] } ] }
          ] } ] } ]
        }
        """)!;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var tariffs = routes.MapGroup("/v1").WithTags("Tariffs").AllowAnonymous();

        tariffs.MapGet("/facilities/{id}/tariff", GetTariff)
            .WithName("GetTariff").WithSummary("A facility's tariff as a document, with all its versions")
            .WithDescription("Ask again with If-None-Match: 304 means that nothing has changed.")
            .Produces<JsonElement>().Produces(StatusCodes.Status304NotModified)
            .WithResponseExample(TariffExample)
            .Meets(FacilityEndpoints.FacilityNotFound, TariffNotFound);

        tariffs.MapGet("/facilities/{id}/price-board", GetBoard)
            .WithName("GetPriceBoard").WithSummary("A facility's current prices in words")
            .WithDescription(
                "Accept chooses the form: JSON with both languages, or text with Chinese first. The board states everything that affects a "
                + "price. `version` asks for another version of the tariff than the one in force.")
            .Produces<PriceBoardAnswer>(StatusCodes.Status200OK, MediaTypeNames.Application.Json, MediaTypeNames.Text.Plain)
            .WithResponseExample(BoardExample.ToText())
            .WithResponseExample(BoardExample)
            .Meets(FacilityEndpoints.FacilityNotFound, TariffNotFound, VersionNotFound, HttpProblems.NotAcceptable);

        tariffs.MapGet("/tariffs/schema", GetSchema)
            .WithName("GetTariffSchema").WithSummary("The JSON Schema of tariff documents, for editors")
            .WithDescription(
                "The schema cannot express all rules, for example that ladders have no gaps. "
                + "The service checks the others when it reads a document.")
            .Produces<JsonElement>(StatusCodes.Status200OK, JsonSchema).Produces(StatusCodes.Status304NotModified)
            .WithResponseExample(new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema" });
    }

    private static Results<FileContentHttpResult, ProblemHttpResult> GetTariff(
        string id, CityDirectory city, PublishedTariffs documents, HttpResponse response) =>
        city.FindFacility(new(id)) switch
        {
            null => FacilityEndpoints.FacilityNotFound.ToResult(),
            { Tariff: null } => TariffNotFound.ToResult(),
            { Tariff: { } tariff } => documents.Of(tariff).Send(MediaTypeNames.Application.Json, response),
        };

    private static Results<Ok<PriceBoardAnswer>, ContentHttpResult, ProblemHttpResult> GetBoard(
        string id, int? version, CityDirectory city, IClock clock, HttpContext http)
    {
        if (city.FindFacility(new(id)) is not { } facility)
        {
            return FacilityEndpoints.FacilityNotFound.ToResult();
        }

        if (facility.Tariff is not { } tariff)
        {
            return TariffNotFound.ToResult();
        }

        var shown = version is { } number
            ? tariff.Versions.FirstOrDefault(one => one.Number == number)
            : tariff.InForceAt(clock.GetCurrentInstant()) ?? throw new UnreachableException("A facility's tariff is always in force.");
        if (shown is null)
        {
            return VersionNotFound.ToResult();
        }

        http.Response.Headers.Vary = HeaderNames.Accept;
        var form = MediaTypeChoice.Choose(http.Request.Headers.Accept, MediaTypeNames.Application.Json, MediaTypeNames.Text.Plain);
        if (form is null)
        {
            return HttpProblems.NotAcceptable.ToResult("A price board comes as application/json or text/plain.");
        }

        http.Response.Headers.CacheControl = BoardCacheControl;
        var board = PriceBoard.Describe(shown).ToContract();
        return form == MediaTypeNames.Text.Plain ? TypedResults.Text(board.ToText(), form, Encoding.UTF8) : TypedResults.Ok(board);
    }

    private static FileContentHttpResult GetSchema(HttpResponse response) => Schema.Send(JsonSchema, response);
}

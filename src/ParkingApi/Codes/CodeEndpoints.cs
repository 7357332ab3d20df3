using System.Net.Mime;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using NodaTime;
using NodaTime.Text;
using Parking.Accounts;
using Parking.Admission;
using Parking.Api.Hosting;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.Limits;
using Parking.Api.Hosting.Metrics;
using Parking.Api.Hosting.OpenApi;
using Parking.Api.Hosting.Problems;
using Parking.Api.Vehicles;
using Parking.Codes;
using Parking.Contracts;
using Parking.Ports;

namespace Parking.Api.Codes;

/// <summary>The endpoint that mints a citizen's code.</summary>
internal static class CodeEndpoints
{
    private const int PixelsPerModule = 8;
    private const string ExpiresAtHeader = "Expires-At";
    private const string RedrawAtHeader = "Redraw-At";

    public static void MapCodes(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/codes", MintAsync)
            .WithName("MintCode").WithTags("People").WithSummary("Mints a code for the calling citizen")
            .WithDescription(
                "Accept chooses the form: JSON with the text, or the symbol as SVG or PNG with the times in the headers Expires-At and "
                + "Redraw-At. With symbol, the JSON has the symbol beside the text, as a path of SVG. A code opens one barrier, once. A "
                + "code for a vehicle that somebody else shares names its owner: the stay, its price and its entitlements are the owner's.")
            .RequireAuthorization(Policies.Citizen)
            .RequireRateLimiting(RateLimits.Minting)
            .Produces<MintAnswer>(
                StatusCodes.Status200OK, MediaTypeNames.Application.Json, MediaTypeNames.Image.Svg, MediaTypeNames.Image.Png)
            .WithRequestExample(new MintRequest { Plate = "沪A12345" })
            .WithResponseExample(new MintAnswer
            {
                Code = "SP1:…",
                ExpiresAt = Instant.FromUtc(2026, 5, 4, 8, 31, 15),
                RedrawAt = Instant.FromUtc(2026, 5, 4, 8, 30, 45),
            })
            .Meets(
                HttpProblems.InvalidRequest, HttpProblems.Unauthenticated, VehicleProblems.VehicleNotFound, HttpProblems.NotAcceptable,
                HttpProblems.TooManyRequests, HttpProblems.StoreUnavailable);

    private static async Task<Results<Ok<MintAnswer>, FileContentHttpResult, ProblemHttpResult>> MintAsync(
        MintRequest? request,
        Citizen citizen,
        HttpContext http,
        HolderRegistry holders,
        VehicleSharing sharing,
        CodeKeys keys,
        IClock clock,
        ParkingMetrics metrics)
    {
        http.Response.Headers.CacheControl = "no-store";
        var form = MediaTypeChoice.Choose(
            http.Request.Headers.Accept, MediaTypeNames.Application.Json, MediaTypeNames.Image.Svg, MediaTypeNames.Image.Png);
        if (form is null)
        {
            return HttpProblems.NotAcceptable.ToResult("A code comes as application/json, image/svg+xml or image/png.");
        }

        if (await FindAsync(holders, sharing, citizen, request?.Plate) is not var (holder, named))
        {
            return VehicleProblems.VehicleNotFound.ToResult();
        }

        var code = keys.Current.Minter.Mint(holder, named, clock.GetCurrentInstant());
        metrics.CodeMinted();
        return form == MediaTypeNames.Application.Json ? TypedResults.Ok(AnswerOf(code, request, named)) : Draw(code, form, http.Response);
    }

    /// <summary>The holder and the vehicle that the code is to name; null if the citizen has no such vehicle.</summary>
    /// <remarks>
    /// Works without the store: whoever is parked needs a code to leave. The vehicle is then the one that this instance remembers. If it
    /// remembers none, the code names no vehicle, and an exit ends the stay that began last. Entitlements wait for the next code.
    /// </remarks>
    private static async Task<SealedHolder?> FindAsync(HolderRegistry holders, VehicleSharing sharing, Citizen citizen, string? plate)
    {
        var known = default(Plate);
        if (plate is not null && !Plate.TryParse(plate, out known))
        {
            return null;
        }

        try
        {
            var holder = await holders.FindOrAddAsync(citizen.Key);
            SealedHolder? named = plate is null ? new(holder, VehicleSlot.None) : (await sharing.FindAsync(holder, known))?.Vehicle;
            if (named is not null)
            {
                // Always into the citizen's own account: a shared vehicle is priced by what its owner is entitled to.
                await holders.TakeOverAsync(holder, citizen.Entitlements);
            }

            return named;
        }
        catch (StoreUnavailableException)
        {
            var holder = holders.HolderWithoutStore(citizen.Key);
            return plate is null ? new(holder, VehicleSlot.None) : sharing.Remember(holder, known);
        }
    }

    private static MintAnswer AnswerOf(MintedCode code, MintRequest? request, VehicleSlot named) => new()
    {
        Code = code.Text,
        ExpiresAt = code.ExpiresAt,
        RedrawAt = code.RedrawAt,
        Symbol = request is { Symbol: true } ? SymbolOf(code.Text) : null,
        WithoutVehicle = request?.Plate is not null && named == VehicleSlot.None,
    };

    private static CodeSymbol SymbolOf(string text)
    {
        var symbol = QrSymbol.Encode(text);
        return new() { Side = CodeDrawing.SideOf(symbol), Path = CodeDrawing.ToPath(symbol) };
    }

    private static FileContentHttpResult Draw(MintedCode code, string form, HttpResponse response)
    {
        response.Headers[ExpiresAtHeader] = InstantPattern.ExtendedIso.Format(code.ExpiresAt);
        response.Headers[RedrawAtHeader] = InstantPattern.ExtendedIso.Format(code.RedrawAt);
        response.Headers[HeaderNames.XContentTypeOptions] = "nosniff";
        return form == MediaTypeNames.Image.Svg
            ? TypedResults.Bytes(System.Text.Encoding.UTF8.GetBytes(CodeDrawing.ToSvg(code.Text)), form)
            : TypedResults.Bytes(CodeDrawing.ToPng(code.Text, PixelsPerModule), form);
    }
}

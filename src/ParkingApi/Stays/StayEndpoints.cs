using Microsoft.AspNetCore.Http.HttpResults;
using Parking.Api.Facilities;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.OpenApi;
using Parking.Api.Hosting.Problems;
using Parking.Contracts;
using Parking.Facilities;
using Parking.Stays;

namespace Parking.Api.Stays;

/// <summary>Stays, for those whose they are and for operators.</summary>
internal static class StayEndpoints
{
    private static readonly ProblemKind StayNotFound = new(
        "stay-not-found", StatusCodes.Status404NotFound, "There is no such stay", "Or it is somebody else's, or ended more than 30 days ago.");

    public static void MapStays(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/me/stays", GetMineAsync)
            .WithName("GetMyStays").WithTags("People").WithSummary("The stays of the citizen who is calling: open, and recently ended")
            .WithDescription("With what they cost: an open stay as if it ended now, and until when that holds; an ended one its fee.")
            .RequireAuthorization(Policies.Citizen)
            .WithResponseExample(new MyStaysAnswer([StayExamples.Open], [StayExamples.Ended]))
            .Meets(HttpProblems.Unauthenticated, HttpProblems.StoreUnavailable);

        routes.MapGet("/v1/stays/{id}", GetAsync)
            .WithName("GetStay").WithTags("People").WithSummary("One stay, for its owner and for operators")
            .RequireAuthorization(Policies.Citizen)
            .WithDescription("As it is now, with every change since it was first known and the event that made it. One that turned out to be part of another says of which.")
            .WithResponseExample(StayExamples.Revised)
            .Meets(HttpProblems.Unauthenticated, StayNotFound, HttpProblems.StoreUnavailable);

        routes.MapGet("/v1/risk", GetRiskAsync)
            .WithName("GetRisk").WithTags("Facilities").WithSummary("Money that may not come in: by facility and state of the stays")
            .WithDescription(
                "Stays that are provisional, conflicting or uncollectable, how many and what they come to at the most. Where an entry was seen by nobody nothing can be said of its "
                + "price: such stays are counted as unpriced. It reads every timeline, and takes as long.")
            .RequireAuthorization(Policies.Operator)
            .WithResponseExample(StayExamples.Risk)
            .Meets(HttpProblems.Unauthenticated, HttpProblems.Forbidden, FacilityEndpoints.FacilityNotFound, HttpProblems.StoreUnavailable);

        routes.MapPost("/v1/facilities/{id}/rebuild", RebuildAsync)
            .WithName("RebuildFacility").WithTags("Facilities").WithSummary("Makes a facility's places anew from all timelines")
            .WithDescription("For when the occupancy is in doubt: after a store was restored, say. It reads every timeline and may run beside live traffic.")
            .RequireAuthorization(Policies.Operator)
            .WithResponseExample(new RebuildAnswer(2, 1, 0))
            .Meets(HttpProblems.Unauthenticated, HttpProblems.Forbidden, FacilityEndpoints.FacilityNotFound, HttpProblems.StoreUnavailable);
    }

    private static async Task<Ok<MyStaysAnswer>> GetMineAsync(Citizen citizen, StayReader stays)
    {
        var all = await stays.FindOfAsync(citizen.Key);
        return TypedResults.Ok(new MyStaysAnswer(
            [.. all.Where(stay => stay.Ending == Contracts.StayEnding.Open)],
            [.. all.Where(stay => stay.Ending != Contracts.StayEnding.Open).OrderByDescending(stay => stay.EndedAt)]));
    }

    private static async Task<Results<Ok<StayAnswer>, ProblemHttpResult>> GetAsync(string id, Citizen citizen, StayReader stays) =>
        await stays.FindAsync(id, citizen) is { } stay ? TypedResults.Ok(stay) : StayNotFound.ToResult();

    private static async Task<Results<Ok<RiskAnswer>, ProblemHttpResult>> GetRiskAsync(
        string? facility, CityDirectory city, RiskReport report, CancellationToken cancellationToken)
    {
        if (facility is not null && city.FindFacility(new(facility)) is null)
        {
            return FacilityEndpoints.FacilityNotFound.ToResult();
        }

        return TypedResults.Ok((await report.SumAsync(facility is null ? null : new FacilityId(facility), cancellationToken)).ToContract());
    }

    private static async Task<Results<Ok<RebuildAnswer>, ProblemHttpResult>> RebuildAsync(
        string id, CityDirectory city, SpaceAudit audit, CancellationToken cancellationToken)
    {
        if (city.FindFacility(new(id)) is not { } facility)
        {
            return FacilityEndpoints.FacilityNotFound.ToResult();
        }

        return TypedResults.Ok((await audit.RebuildAsync(new HashSet<FacilityId> { facility.Id }, cancellationToken)).ToContract());
    }
}

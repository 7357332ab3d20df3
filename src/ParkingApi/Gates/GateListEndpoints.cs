using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Parking.Api.Facilities;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.OpenApi;
using Parking.Api.Hosting.Problems;
using Parking.Contracts;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Occupancy;
using Parking.Rights;

namespace Parking.Api.Gates;

/// <summary>The lists of gates, for operators.</summary>
internal static class GateListEndpoints
{
    private static readonly GateListAnswer Example = new()
    {
        Gates =
        [
            new()
            {
                Id = "hsp-in-1",
                Facility = "hsp",
                Direction = GateDirection.Entry,
                State = Contracts.GatePresence.Silent,
                LastHeardAt = Instant.FromUtc(2026, 5, 4, 9, 35, 20),
                Unsent = 3,
                Offline = true,
                Fault = false,
                Barrier = BarrierPosition.Closed,
                LastIncident = new(GateIncident.Tailgating, Instant.FromUtc(2026, 5, 4, 9, 12, 7), "two cars"),
            },
        ],
    };

    public static void MapGateLists(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/gates", ListAsync)
            .WithName("ListGates").WithTags("Gates")
            .WithSummary("All gates that the caller may watch: when each was last heard, and how many events it still has to send")
            .RequireDuty(DutyKind.Watch, DutyScope.Anywhere)
            .WithResponseExample(Example)
            .Meets(HttpProblems.Unauthenticated, HttpProblems.Forbidden, HttpProblems.StoreUnavailable);

        routes.MapGet("/v1/facilities/{id}/gates", ListOfFacilityAsync)
            .WithName("ListFacilityGates").WithTags("Facilities").WithSummary("The gates of one facility")
            .RequireDuty(DutyKind.Watch, DutyScope.Facility())
            .WithResponseExample(Example)
            .Meets(HttpProblems.Unauthenticated, HttpProblems.Forbidden, FacilityEndpoints.FacilityNotFound, HttpProblems.StoreUnavailable);
    }

    private static async Task<Ok<GateListAnswer>> ListAsync(CityDirectory city, FacilityWatch watch, Staff staff) => TypedResults.Ok(
        await LookAsync(watch, [.. city.Facilities.Where(facility => staff.Duties.Allows(DutyKind.Watch, facility.Id))]));

    private static async Task<Results<Ok<GateListAnswer>, ProblemHttpResult>> ListOfFacilityAsync(
        string id, CityDirectory city, FacilityWatch watch) => city.FindFacility(new(id)) is { } facility
            ? TypedResults.Ok(await LookAsync(watch, [facility]))
            : FacilityEndpoints.FacilityNotFound.ToResult();

    private static async Task<GateListAnswer> LookAsync(FacilityWatch watch, IReadOnlyList<Facility> facilities) =>
        new() { Gates = [.. (await watch.LookAsync(facilities)).SelectMany(facility => facility.Gates).Select(gate => gate.ToContract())] };
}

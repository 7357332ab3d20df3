using Microsoft.AspNetCore.Http.HttpResults;
using Parking.Api.Hosting.Audit;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.OpenApi;
using Parking.Api.Hosting.Problems;
using Parking.Api.Occupancy;
using Parking.Contracts;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Occupancy;
using Parking.Ports;
using Parking.Rights;

namespace Parking.Api.Facilities;

/// <summary>The endpoint that closes a facility and opens it again.</summary>
internal static partial class FacilityStateEndpoints
{
    public static void MapFacilityStates(this IEndpointRouteBuilder routes) =>
        routes.MapPut("/v1/facilities/{id}/state", PutAsync)
            .WithName("PutFacilityState").WithTags("Facilities").WithSummary("Closes a facility to entries, or opens it again")
            .WithDescription(
                "Exits stay open, so nobody is locked in. All instances apply it within two seconds, gates after their next heartbeat.")
            .RequireDuty(DutyKind.Operate, DutyScope.Facility())
            .Audits(call => AuditSubject.OfFacility(
                call.GetArgument<FacilityStateRequest>(1).Closed ? "close_facility" : "open_facility", call.HttpContext))
            .WithRequestExample(new FacilityStateRequest { Closed = true })
            .WithResponseExample(new FacilityStateAnswer { Closed = true, State = FacilityState.Closed })
            .Meets(
                HttpProblems.InvalidRequest, HttpProblems.Unauthenticated, HttpProblems.Forbidden, FacilityEndpoints.FacilityNotFound,
                HttpProblems.StoreUnavailable);

    private static async Task<Results<Ok<FacilityStateAnswer>, ProblemHttpResult>> PutAsync(
        string id,
        FacilityStateRequest request,
        CityDirectory city,
        IFacilityStore facilityStore,
        FacilityWatch watch,
        OccupancyBoard board,
        Staff staff,
        ILogger<FacilityStates> logger)
    {
        if (city.FindFacility(new(id)) is not { } facility)
        {
            return FacilityEndpoints.FacilityNotFound.ToResult();
        }

        await facilityStore.SetClosedAsync(facility.Id, request.Closed);
        StateSet(logger, facility.Id, request.Closed ? "closed" : "opened", staff);
        board.Touch(facility);
        var view = (await watch.LookAsync([facility]))[0];
        return TypedResults.Ok(new FacilityStateAnswer { Closed = request.Closed, State = view.State });
    }

    [LoggerMessage(1003, LogLevel.Information, "{Facility} was {Act} by operator {Staff}", EventName = "FacilityStateSet")]
    private static partial void StateSet(ILogger logger, FacilityId facility, string act, Staff staff);
}

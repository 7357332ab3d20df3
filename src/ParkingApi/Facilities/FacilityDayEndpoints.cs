using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.OpenApi;
using Parking.Api.Hosting.Problems;
using Parking.Api.Occupancy;
using Parking.Contracts;
using Parking.Facilities;
using Parking.Rights;

namespace Parking.Api.Facilities;

/// <summary>The endpoint of a facility's day so far, for operators.</summary>
internal static class FacilityDayEndpoints
{
    private static readonly OccupancyDayAnswer Example = new()
    {
        Facility = "hsp",
        TimeZone = "Asia/Shanghai",
        From = Instant.FromUtc(2026, 5, 3, 16, 0),
        StepSeconds = OccupancyHistory.StepSeconds,
        Occupied = [null, 41, 41, 40],
    };

    public static void MapFacilityDays(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/facilities/{id}/occupancy/today", Get)
            .WithName("GetOccupancyToday").WithTags("Facilities").WithSummary("How full a facility was since its local midnight")
            .WithDescription(
                "One number for every 300 seconds, the first that was shown in them; the last is the current one. null where nothing is "
                + "known: before this instance of the service was started, while the store was out of reach, and until the current "
                + "number is noted.")
            .RequireDuty(DutyKind.Watch, DutyScope.Facility())
            .WithResponseExample(Example)
            .Meets(HttpProblems.Unauthenticated, HttpProblems.Forbidden, FacilityEndpoints.FacilityNotFound);

    private static Results<Ok<OccupancyDayAnswer>, ProblemHttpResult> Get(string id, CityDirectory city, OccupancyHistory history)
    {
        if (city.FindFacility(new(id)) is not { } facility)
        {
            return FacilityEndpoints.FacilityNotFound.ToResult();
        }

        var (from, numbers) = history.TodayOf(facility);
        return TypedResults.Ok(new OccupancyDayAnswer
        {
            Facility = facility.Id.Value,
            TimeZone = facility.TimeZone.Id,
            From = from,
            StepSeconds = OccupancyHistory.StepSeconds,
            Occupied = numbers,
        });
    }
}

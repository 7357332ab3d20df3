using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Parking.Api.Facilities;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.OpenApi;
using Parking.Api.Hosting.Problems;
using Parking.Contracts;
using Parking.Facilities;
using Parking.Logbook;
using Parking.Rights;

namespace Parking.Api.Logbook;

/// <summary>The endpoint of a facility's log, for operators.</summary>
internal static class LogEndpoints
{
    private const int DefaultLimit = 100;

    private static readonly FacilityLogAnswer Example = new()
    {
        Total = 1,
        Entries =
        [
            new()
            {
                Gate = "hsp-in-1",
                Journal = "9f2c4e1ab03d5577",
                Seq = 17,
                Kind = Contracts.LogEntryKind.OpenedByHand,
                OccurredAt = Instant.FromUtc(2026, 5, 4, 9, 12, 7),
                RecordedAt = Instant.FromUtc(2026, 5, 4, 9, 12, 8),
                Text = "ambulance",
            },
        ],
    };

    public static void MapLogbook(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/facilities/{id}/log", GetAsync)
            .WithName("GetFacilityLog").WithTags("Facilities")
            .WithSummary("Incidents, openings by hand, lost connections and counts at a facility, newest first")
            .WithDescription(
                "The newest 500 entries of the last 30 days, and older ones while a current number depends on them. "
                + "limit is at most 500 and 100 if omitted; skip omits the newest entries.")
            .RequireDuty(DutyKind.Watch, DutyScope.Facility())
            .WithResponseExample(Example)
            .Meets(
                HttpProblems.InvalidRequest, HttpProblems.Unauthenticated, HttpProblems.Forbidden, FacilityEndpoints.FacilityNotFound,
                HttpProblems.StoreUnavailable);

    private static async Task<Results<Ok<FacilityLogAnswer>, ProblemHttpResult>> GetAsync(
        string id,
        [Range(0, int.MaxValue, ErrorMessage = "skip is 0 or more.")] int? skip,
        [Range(1, 500, ErrorMessage = "limit is 1 to 500.")] int? limit,
        CityDirectory city,
        FacilityLogbook logbook)
    {
        if (city.FindFacility(new(id)) is not { } facility)
        {
            return FacilityEndpoints.FacilityNotFound.ToResult();
        }

        var entries = (await logbook.ReadAsync(facility.Id)).Entries;
        return TypedResults.Ok(new FacilityLogAnswer
        {
            Total = entries.Length,
            Entries = [.. entries.Reverse().Skip(skip ?? 0).Take(limit ?? DefaultLimit).Select(entry => entry.ToContract())],
        });
    }
}

using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Parking.Api.Hosting.OpenApi;
using Parking.Api.Hosting.Problems;
using Parking.Api.LiveStore;

namespace Parking.Api.Facilities;

/// <summary>Where one can park, and how full it is.</summary>
internal static class FacilityEndpoints
{
    public static readonly ProblemKind FacilityNotFound = new("facility-not-found", StatusCodes.Status404NotFound, "The city has no such facility");

    private static readonly FacilityAnswer Example = new()
    {
        Id = "hsp",
        District = "huangpu",
        Name = new("人民广场北停车库", "People's Square North Garage"),
        Capacity = 320,
        Occupancy = new() { Occupied = 117, Free = 203, AsOf = Instant.FromUtc(2026, 5, 4, 8, 30, 15) },
    };

    public static void MapFacilities(this IEndpointRouteBuilder routes)
    {
        var facilities = routes.MapGroup("/v1/facilities").WithTags("Facilities").AllowAnonymous();

        facilities.MapGet("", ListAsync)
            .WithName("ListFacilities").WithSummary("All facilities with their occupancy")
            .WithDescription("Occupancy is left out while it is not known: an old number is never passed off as true.")
            .WithResponseExample(new FacilityList { Facilities = [Example] });
        facilities.MapGet("/{id}", GetAsync)
            .WithName("GetFacility").WithSummary("One facility with its occupancy")
            .WithResponseExample(Example)
            .Meets(FacilityNotFound);
    }

    private static async Task<Ok<FacilityList>> ListAsync(CityDirectory city, ILiveStore store, IClock clock)
    {
        var counts = await CountAsync(store, [.. city.Facilities.Select(facility => facility.Id)]);
        var asOf = clock.GetCurrentInstant();
        return TypedResults.Ok(new FacilityList { Facilities = [.. city.Facilities.Select((facility, index) => AnswerOf(facility, counts?[index], asOf))] });
    }

    private static async Task<Results<Ok<FacilityAnswer>, ProblemHttpResult>> GetAsync(string id, CityDirectory city, ILiveStore store, IClock clock)
    {
        if (city.FindFacility(new(id)) is not { } facility)
        {
            return FacilityNotFound.ToResult();
        }

        var counts = await CountAsync(store, [facility.Id]);
        return TypedResults.Ok(AnswerOf(facility, counts?[0], clock.GetCurrentInstant()));
    }

    /// <summary>Null while the store is out of reach: names and capacities are still worth an answer.</summary>
    private static async Task<IReadOnlyList<int>?> CountAsync(ILiveStore store, IReadOnlyList<FacilityId> facilities)
    {
        try
        {
            return await store.CountPlacesAsync(facilities);
        }
        catch (StoreUnavailableException)
        {
            return null;
        }
    }

    private static FacilityAnswer AnswerOf(Facility facility, int? occupied, Instant asOf) => new()
    {
        Id = facility.Id.Value,
        District = facility.District.Value,
        Name = facility.Name,
        Capacity = facility.Capacity,
        Occupancy = occupied is { } count ? new() { Occupied = count, Free = Math.Max(0, facility.Capacity - count), AsOf = asOf } : null,
    };
}

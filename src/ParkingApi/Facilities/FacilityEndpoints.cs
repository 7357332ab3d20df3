using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Parking.Api.Hosting.OpenApi;
using Parking.Api.Hosting.Problems;
using Parking.Contracts;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Occupancy;
using Parking.Ports;

namespace Parking.Api.Facilities;

/// <summary>The city's facilities and their occupancy.</summary>
internal static class FacilityEndpoints
{
    public static readonly ProblemKind FacilityNotFound = new(
        "facility-not-found", StatusCodes.Status404NotFound, "The city has no such facility");

    private static readonly FacilityAnswer Example = new()
    {
        Id = "hsp",
        District = "huangpu",
        Name = new("人民广场北停车库", "People's Square North Garage"),
        Capacity = 320,
        TimeZone = "Asia/Shanghai",
        Position = [535, 320],
        State = FacilityState.Open,
        Occupancy = new()
        {
            Occupied = 117,
            Free = 203,
            AsOf = Instant.FromUtc(2026, 5, 4, 8, 30, 15),
            Confidence = Contracts.OccupancyConfidence.Reduced,
            SilentGates = 0,
            Unsent = 0,
            Unexplained = 2,
            Correction = -1,
            Shown = 116,
        },
    };

    private static readonly DistrictAnswer DistrictExample = new()
    {
        Id = "huangpu",
        Name = new("黄浦区", "Huangpu"),
        Outline = [[500, 200], [665, 290], [540, 660], [440, 520]],
    };

    public static void MapFacilities(this IEndpointRouteBuilder routes)
    {
        var facilities = routes.MapGroup("/v1/facilities").WithTags("Facilities").AllowAnonymous();

        facilities.MapGet("", ListAsync)
            .WithName("ListFacilities").WithSummary("All facilities with their occupancy")
            .WithDescription(
                "State and occupancy are omitted while they are unknown; an outdated number is never shown as current. "
                + "Confidence is exact only while no gate is silent, no event is unsent, and no passage is unexplained.")
            .WithResponseExample(new FacilityListAnswer { Facilities = [Example] });
        facilities.MapGet("/{id}", GetAsync)
            .WithName("GetFacility").WithSummary("One facility with its occupancy")
            .WithResponseExample(Example)
            .Meets(FacilityNotFound);

        routes.MapGet("/v1/districts", ListDistricts).AllowAnonymous()
            .WithName("ListDistricts").WithTags("Facilities").WithSummary("All districts, with their outlines on a schematic map")
            .WithDescription("Points are [x, y], whole numbers from 0 to 1000, x to the right and y down. Some cities have no map.")
            .WithResponseExample(new DistrictListAnswer { Districts = [DistrictExample] });
    }

    private static Ok<DistrictListAnswer> ListDistricts(CityDirectory city) =>
        TypedResults.Ok(new DistrictListAnswer { Districts = [.. city.Districts.Select(district => district.ToContract())] });

    private static async Task<Ok<FacilityListAnswer>> ListAsync(CityDirectory city, FacilityWatch watch, IClock clock)
    {
        var views = await LookAsync(watch, city.Facilities);
        var asOf = clock.GetCurrentInstant();
        return TypedResults.Ok(new FacilityListAnswer
        {
            Facilities = [.. city.Facilities.Select((facility, index) => facility.ToContract(views?[index], asOf))],
        });
    }

    private static async Task<Results<Ok<FacilityAnswer>, ProblemHttpResult>> GetAsync(
        string id, CityDirectory city, FacilityWatch watch, IClock clock)
    {
        if (city.FindFacility(new(id)) is not { } facility)
        {
            return FacilityNotFound.ToResult();
        }

        var views = await LookAsync(watch, [facility]);
        return TypedResults.Ok(facility.ToContract(views?[0], clock.GetCurrentInstant()));
    }

    /// <summary>Null while the store is out of reach: an answer with names and capacities is still useful.</summary>
    private static async Task<IReadOnlyList<FacilityView>?> LookAsync(FacilityWatch watch, IReadOnlyList<Facility> facilities)
    {
        try
        {
            return await watch.LookAsync(facilities);
        }
        catch (StoreUnavailableException)
        {
            return null;
        }
    }
}

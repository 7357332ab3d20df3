using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
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
    private const int MaxIds = 100;
    private const int MaxFound = 50;
    private const int MaxMost = 100;
    private const int MaxName = 80;

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
        Facilities = 4,
        TimeZone = "Asia/Shanghai",
    };

    public static void MapFacilities(this IEndpointRouteBuilder routes)
    {
        var facilities = routes.MapGroup("/v1/facilities").WithTags("Facilities").AllowAnonymous();

        facilities.MapGet("", ListAsync)
            .WithName("ListFacilities").WithSummary("Facilities with their occupancy: all, or those that are asked for")
            .WithDescription(
                "State and occupancy are omitted while they are unknown; an outdated number is never shown as current. "
                + "Confidence is exact only while no gate is silent, no event is unsent, and no passage is unexplained. "
                + "`district`: those of one district. `id`, up to 100 times: these; one that the city does not have is left out. "
                + "`name`: those with this text in a name or in their id, whatever its case, the first 50. With several of them, those "
                + "that fit all. `most`, 1 to 100: of these, so many that have the most free spaces, the emptiest first; those that take "
                + "nobody in, and those of which nothing is known, come last. With `most`, `name` finds more than 50.")
            .WithResponseExample(new FacilityListAnswer { Facilities = [Example] })
            .Meets(HttpProblems.InvalidRequest);
        facilities.MapGet("/{id}", GetAsync)
            .WithName("GetFacility").WithSummary("One facility with its occupancy")
            .WithResponseExample(Example)
            .Meets(FacilityNotFound);

        routes.MapGet("/v1/districts", ListDistricts).AllowAnonymous()
            .WithName("ListDistricts").WithTags("Facilities").WithSummary("All districts, with their outlines on a schematic map")
            .WithDescription("Points are [x, y], whole numbers from 0 to 1000, x to the right and y down. Some cities have no map.")
            .WithResponseExample(new DistrictListAnswer { Districts = [DistrictExample] });
    }

    private static Ok<DistrictListAnswer> ListDistricts(CityDirectory city)
    {
        var facilities = city.Facilities.ToLookup(facility => facility.District);
        return TypedResults.Ok(new DistrictListAnswer
        {
            Districts = [.. city.Districts.Select(district => district.ToContract([.. facilities[district.Id]]))],
        });
    }

    private static async Task<Results<Ok<FacilityListAnswer>, ValidationProblem>> ListAsync(
        string? district, [FromQuery] string[]? id, string? name, int? most, CityDirectory city, FacilityWatch watch, IClock clock)
    {
        var faults = new Dictionary<string, string[]>();
        if (district is not null && city.Districts.All(one => one.Id.Value != district))
        {
            faults["district"] = ["district is the id of a district of the city."];
        }

        if (id?.Length > MaxIds)
        {
            faults["id"] = [$"id may be given {MaxIds} times at most."];
        }

        if (name is not null && name.Trim().Length is 0 or > MaxName)
        {
            faults["name"] = [$"name has 1 to {MaxName} characters."];
        }

        if (most is < 1 or > MaxMost)
        {
            faults["most"] = [$"most is a number from 1 to {MaxMost}."];
        }

        if (faults.Count > 0)
        {
            return HttpProblems.Invalid(faults);
        }

        var wanted = (id is null or [] ? city.Facilities : [.. id.Distinct().Select(one => city.FindFacility(new(one))).OfType<Facility>()])
            .Where(facility => district is null || facility.District.Value == district);
        var named = name is null ? wanted : wanted.Where(Is(name.Trim()));
        IReadOnlyList<Facility> facilities = [.. name is null || most is not null ? named : named.Take(MaxFound)];
        var views = await LookAsync(watch, facilities);
        var asOf = clock.GetCurrentInstant();
        var all = facilities.Select((facility, index) => facility.ToContract(views?[index], asOf));
        return TypedResults.Ok(new FacilityListAnswer
        {
            Facilities = [.. most is null ? all : all.OrderByDescending(FreeForEntries).Take(most.Value)],
        });
    }

    /// <summary>How many vehicles it would take in now, as far as that is known; -1 if that is not known, or it takes in none.</summary>
    private static int FreeForEntries(FacilityAnswer facility) =>
        facility.State == FacilityState.Closed || facility.Occupancy is not { Confidence: not Contracts.OccupancyConfidence.Unknown } known
            ? -1
            : known.Free;

    private static Func<Facility, bool> Is(string name) => facility =>
        new[] { facility.Name.Zh, facility.Name.En, facility.Id.Value }.Any(one => one.Contains(name, StringComparison.OrdinalIgnoreCase));

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

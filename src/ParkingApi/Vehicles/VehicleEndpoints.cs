using Microsoft.AspNetCore.Http.HttpResults;
using Parking.Accounts;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.OpenApi;
using Parking.Api.Hosting.Problems;
using Parking.Contracts;
using VehicleClass = Parking.Tariffs.VehicleClass;

namespace Parking.Api.Vehicles;

/// <summary>The endpoints of a citizen's vehicles.</summary>
internal static class VehicleEndpoints
{
    private static readonly ProblemKind TooManyPlates = new(
        "too-many-plates",
        StatusCodes.Status409Conflict,
        "This citizen has had too many plates",
        $"A citizen may have {VehicleAccount.MaxSlots} plates over time.");

    private static readonly VehicleListAnswer Example = new()
    {
        Vehicles =
        [
            new() { Plate = "沪A12345", Class = Contracts.VehicleClass.Car },
            new() { Plate = "沪AD01234", Class = Contracts.VehicleClass.Electric },
        ],
    };

    public static void MapVehicles(this IEndpointRouteBuilder routes)
    {
        var vehicles = routes.MapGroup("/v1/me/vehicles").WithTags("People")
            .RequireAuthorization(Policies.Citizen)
            .Meets(HttpProblems.Unauthenticated, HttpProblems.StoreUnavailable);

        vehicles.MapGet("", GetAsync)
            .WithName("GetMyVehicles").WithSummary("The vehicles of the calling citizen")
            .WithResponseExample(Example);
        vehicles.MapPut("", PutAsync)
            .WithName("PutMyVehicles").WithSummary("Replaces the list of vehicles")
            .WithDescription(
                "A plate that was listed before stands for the same vehicle again. To correct a plate, give the right one and, as "
                + "corrects, the wrong one.")
            .WithRequestExample(new VehicleListRequest { Vehicles = Example.Vehicles }).WithResponseExample(Example)
            .Meets(HttpProblems.InvalidRequest, TooManyPlates);
    }

    private static async Task<Ok<VehicleListAnswer>> GetAsync(Citizen citizen, HolderRegistry holders) =>
        TypedResults.Ok((await holders.LoadAccountAsync(await holders.HolderOfAsync(citizen.Key))).ToContract());

    private static async Task<Results<Ok<VehicleListAnswer>, ValidationProblem, ProblemHttpResult>> PutAsync(
        VehicleListRequest list, Citizen citizen, HolderRegistry holders)
    {
        if (!TryRead(list, out var vehicles, out var rightOnes, out var errors))
        {
            return TypedResults.ValidationProblem(errors);
        }

        var holder = await holders.FindOrAddAsync(citizen.Key);
        return await holders.ReplaceVehiclesAsync(holder, vehicles, rightOnes) is { } account
            ? TypedResults.Ok(account.ToContract())
            : TooManyPlates.ToResult();
    }

    private static bool TryRead(
        VehicleListRequest list,
        out List<(Plate Plate, VehicleClass Class)> vehicles,
        out Dictionary<Plate, Plate> rightOnes,
        out Dictionary<string, string[]> errors)
    {
        vehicles = [];
        rightOnes = [];
        errors = [];
        if (list.Vehicles.Count > VehicleAccount.MaxListed)
        {
            errors["vehicles"] = [$"At most {VehicleAccount.MaxListed} vehicles."];
            return false;
        }

        var plates = new HashSet<Plate>();
        for (var index = 0; index < list.Vehicles.Count; index++)
        {
            var field = $"vehicles[{index}].plate";
            var vehicle = list.Vehicles[index];

            // JSON can contain null where the type cannot: nullable annotations are not checked inside lists.
            if (vehicle is null)
            {
                errors[$"vehicles[{index}]"] = ["A vehicle, not null."];
                continue;
            }

            if (!Plate.TryParse(vehicle.Plate, out var plate))
            {
                errors[field] = [$"1 to {Plate.MaxLength} letters A–Z, digits and Chinese characters."];
            }
            else if (!plates.Add(plate))
            {
                errors[field] = ["This plate is in the list already."];
            }

            if (vehicle.Corrects is { } corrected && !(Plate.TryParse(corrected, out var wrong) && rightOnes.TryAdd(wrong, plate)))
            {
                errors[$"vehicles[{index}].corrects"] = ["A plate that is listed now, each at most once."];
            }

            vehicles.Add((plate, vehicle.Class.ToDomain()));
        }

        return errors.Count == 0;
    }
}

using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Parking.Accounts;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.OpenApi;
using Parking.Api.Hosting.Problems;
using Parking.Contracts;
using Parking.Devices;
using VehicleClass = Parking.Tariffs.VehicleClass;

namespace Parking.Api.Vehicles;

/// <summary>The endpoints of a citizen's vehicles.</summary>
internal static class VehicleEndpoints
{
    /// <summary>Two vehicles, for the API's description.</summary>
    public static VehicleListAnswer Example { get; } = new()
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
                + "corrects, the wrong one. A vehicle that is left out is not shared any more. A plate that somebody else shares with the "
                + "citizen cannot be listed.")
            .WithRequestExample(new VehicleListRequest { Vehicles = Example.Vehicles }).WithResponseExample(Example)
            .Meets(HttpProblems.InvalidRequest, VehicleProblems.TooManyPlates);
    }

    private static async Task<Ok<VehicleListAnswer>> GetAsync(Citizen citizen, HolderRegistry holders, IClock clock) =>
        TypedResults.Ok(
            (await holders.LoadAccountAsync(await holders.HolderOfAsync(citizen.Key))).ToContract(clock.GetCurrentInstant()));

    private static async Task<Results<Ok<VehicleListAnswer>, ValidationProblem, ProblemHttpResult>> PutAsync(
        VehicleListRequest list, Citizen citizen, HolderRegistry holders, VehicleSharing sharing, DeviceRegistry devices, IClock clock)
    {
        if (!TryRead(list, out var vehicles, out var rightOnes, out var errors))
        {
            return TypedResults.ValidationProblem(errors);
        }

        var holder = await holders.FindOrAddAsync(citizen.Key);
        var result = await sharing.ReplaceVehiclesAsync(holder, vehicles, rightOnes);
        if (result.Account is { } account)
        {
            // A vehicle that is not listed any more is not shared any more.
            await devices.EndGuestsAsync(holder);
            return TypedResults.Ok(account.ToContract(clock.GetCurrentInstant()));
        }

        return result is { Shared: [], NotCorrected: [] }
            ? VehicleProblems.TooManyPlates.ToResult()
            : TypedResults.ValidationProblem(Faults(result, vehicles, rightOnes));
    }

    /// <summary>What is wrong with a list, by the member that it is wrong with.</summary>
    private static Dictionary<string, string[]> Faults(
        ReplaceResult refused, List<(Plate Plate, VehicleClass Class)> vehicles, Dictionary<Plate, Plate> rightOnes)
    {
        int IndexOf(Plate? plate) => vehicles.FindIndex(vehicle => vehicle.Plate == plate);

        var shared = refused.Shared.Select(car => (
            Member: $"vehicles[{IndexOf(car.Vehicle.Plate)}].plate",
            Fault: $"Somebody shares this vehicle with you. Leave it first: DELETE /v1/me/shared-vehicles/{car.Member.Share}."));
        var notCorrected = refused.NotCorrected.Select(wrong => (
            Member: $"vehicles[{IndexOf(rightOnes[wrong])}].corrects",
            Fault: "A plate that is listed now, of a vehicle that was corrected fewer than "
                + $"{VehicleAccount.MaxCorrections} times within 30 days."));
        return shared.Concat(notCorrected).GroupBy(one => one.Member).ToDictionary(
            member => member.Key, member => member.Select(one => one.Fault).ToArray());
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

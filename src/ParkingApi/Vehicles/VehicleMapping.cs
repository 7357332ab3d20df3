using Parking.Accounts;
using Parking.Tariffs;

namespace Parking.Api.Vehicles;

/// <summary>Maps a citizen's vehicles to contracts and back.</summary>
internal static class VehicleMapping
{
    public static Contracts.VehicleListAnswer ToContract(this VehicleAccount account) => new()
    {
        Vehicles = [.. account.Listed.Select(ToContract)],
    };

    public static Contracts.VehicleClass ToContract(this VehicleClass vehicleClass) => (Contracts.VehicleClass)(int)vehicleClass;

    public static VehicleClass ToDomain(this Contracts.VehicleClass vehicleClass) => (VehicleClass)(int)vehicleClass;

    private static Contracts.Vehicle ToContract(Vehicle vehicle) =>
        new() { Plate = vehicle.Plate!.Value.Value, Class = vehicle.Class.ToContract() };
}

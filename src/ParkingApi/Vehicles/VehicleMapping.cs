using NodaTime;
using Parking.Accounts;
using Parking.Tariffs;

namespace Parking.Api.Vehicles;

/// <summary>Maps a citizen's vehicles to contracts and back.</summary>
internal static class VehicleMapping
{
    /// <param name="account">The account.</param>
    /// <param name="now">The current time: invitations that have expired are not told.</param>
    public static Contracts.VehicleListAnswer ToContract(this VehicleAccount account, Instant now) => new()
    {
        Vehicles = [.. account.Listed.Select(vehicle => vehicle.ToContract(now))],
    };

    public static Contracts.SharedVehicleListAnswer ToContract(this IReadOnlyList<SharedCar> cars) =>
        new() { Vehicles = [.. cars.Select(ToContract)] };

    public static Contracts.SharedVehicle ToContract(this SharedCar car) => new()
    {
        Share = car.Member.Share.ToString(),
        Plate = car.Vehicle.Plate!.Value.Value,
        Class = car.Vehicle.Class.ToContract(),
        Since = car.Member.Since,
    };

    public static Contracts.VehicleClass ToContract(this VehicleClass vehicleClass) => (Contracts.VehicleClass)(int)vehicleClass;

    public static VehicleClass ToDomain(this Contracts.VehicleClass vehicleClass) => (VehicleClass)(int)vehicleClass;

    /// <summary>A vehicle's shares: people who share it, and invitations that expire after <paramref name="time"/>.</summary>
    public static IReadOnlyList<Contracts.VehicleShare> SharesAsContract(this Vehicle vehicle, Instant time)
    {
        var members = vehicle.Members
            .Select(member => new Contracts.VehicleShare { Share = member.Share.ToString(), Since = member.Since });
        var invitations = vehicle.Invitations.Where(invitation => invitation.ExpiresAt > time)
            .Select(invitation => new Contracts.VehicleShare { Share = invitation.Id.ToString(), ExpiresAt = invitation.ExpiresAt });
        return [.. members, .. invitations];
    }

    private static Contracts.Vehicle ToContract(this Vehicle vehicle, Instant now)
    {
        var shares = vehicle.SharesAsContract(now);
        return new()
        {
            Plate = vehicle.Plate!.Value.Value,
            Class = vehicle.Class.ToContract(),
            Shares = shares.Count == 0 ? null : shares,
        };
    }
}

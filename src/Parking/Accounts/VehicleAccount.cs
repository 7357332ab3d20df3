using System.Collections.Immutable;
using Parking.Codes;
using Parking.Events;
using Parking.Tariffs;

namespace Parking.Accounts;

/// <summary>A holder's vehicles, including removed ones, and the holder's entitlements: what prices may depend on. Pure.</summary>
public sealed class VehicleAccount
{
    /// <summary>How many vehicles a holder may have at a time.</summary>
    public const int MaxListed = 8;

    /// <summary>How many plates a holder may have over all time: as many as a code's slot has numbers.</summary>
    public const int MaxSlots = byte.MaxValue;

    public static readonly VehicleAccount Empty = new([]);

    private readonly ImmutableArray<Vehicle> _vehicles;

    public VehicleAccount(IEnumerable<Vehicle> vehicles, Entitlements entitlements = default)
    {
        _vehicles = [.. vehicles];
        Entitlements = entitlements;
    }

    /// <summary>As the holder's token said when a code was last minted.</summary>
    public Entitlements Entitlements { get; }

    /// <summary>Every vehicle that has a slot, in the order of slots from 1.</summary>
    public IReadOnlyList<Vehicle> All => _vehicles;

    /// <summary>The vehicles that the holder has now, in the order of their slots.</summary>
    public IEnumerable<Vehicle> Listed => _vehicles.Where(vehicle => vehicle.IsListed);

    /// <summary>The listed vehicle with this plate; null if there is none.</summary>
    public Vehicle? Find(Plate plate) => Listed.FirstOrDefault(vehicle => vehicle.Plate == plate);

    /// <summary>The plate that has a slot, whether it is still listed or not; null for <see cref="VehicleSlot.None"/>.</summary>
    public Plate? PlateOf(VehicleSlot slot) => _vehicles.FirstOrDefault(vehicle => vehicle.Slot == slot)?.Plate;

    /// <summary>The class of the vehicle that has a slot, whether it is still listed or not; a car if the slot names no vehicle.</summary>
    public VehicleClass ClassOf(VehicleSlot slot) => _vehicles.FirstOrDefault(vehicle => vehicle.Slot == slot)?.Class ?? VehicleClass.Car;

    /// <summary>The same vehicles with these entitlements.</summary>
    public VehicleAccount With(Entitlements entitlements) => new(_vehicles, entitlements);

    /// <summary>
    /// The vehicle account with exactly these vehicles listed. A plate that was here before keeps its old slot; a new plate gets the next
    /// slot that was never used.
    /// </summary>
    /// <param name="listed">At most <see cref="MaxListed"/>, each plate once.</param>
    /// <returns>Null if the account would have more than <see cref="MaxSlots"/> plates over all time.</returns>
    public VehicleAccount? Replace(IReadOnlyCollection<(Plate Plate, VehicleClass Class)> listed)
    {
        var classes = listed.ToDictionary(vehicle => vehicle.Plate, vehicle => vehicle.Class);
        var known = _vehicles.Select(vehicle => classes.Remove(vehicle.Plate, out var kind)
            ? vehicle with { Class = kind, IsListed = true }
            : vehicle with { IsListed = false }).ToList();
        if (known.Count + classes.Count > MaxSlots)
        {
            return null;
        }

        var added = listed.Where(vehicle => classes.ContainsKey(vehicle.Plate))
            .Select((vehicle, index) => new Vehicle(new((byte)(known.Count + index + 1)), vehicle.Plate, vehicle.Class, IsListed: true));
        return new([.. known, .. added], Entitlements);
    }
}

/// <summary>A vehicle of a holder.</summary>
/// <param name="Slot">Its permanent number with this holder. Codes and stays name it instead of the plate.</param>
/// <param name="Plate">Its plate.</param>
/// <param name="Class">Its class.</param>
/// <param name="IsListed">Whether the holder still has it. A removed vehicle keeps its slot, because stays name the slot.</param>
public sealed record Vehicle(VehicleSlot Slot, Plate Plate, VehicleClass Class, bool IsListed);

using System.Collections.Immutable;
using NodaTime;
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

    /// <summary>How many corrections of one vehicle's plate are remembered.</summary>
    public const int MaxCorrections = 8;

    /// <summary>
    /// The plate that a slot had at a time, whether it is still listed or not: the plate of a stay that began then. Null for
    /// <see cref="VehicleSlot.None"/>.
    /// </summary>
    public Plate? PlateOf(VehicleSlot slot, Instant at) => _vehicles.FirstOrDefault(vehicle => vehicle.Slot == slot) is { } vehicle
        ? vehicle.Former.Where(former => at < former.Until).Select(former => (Plate?)former.Plate).FirstOrDefault() ?? vehicle.Plate
        : null;

    /// <summary>The class of the vehicle that has a slot, whether it is still listed or not; a car if the slot names no vehicle.</summary>
    public VehicleClass ClassOf(VehicleSlot slot) => _vehicles.FirstOrDefault(vehicle => vehicle.Slot == slot)?.Class ?? VehicleClass.Car;

    /// <summary>The same vehicles with these entitlements.</summary>
    public VehicleAccount With(Entitlements entitlements) => new(_vehicles, entitlements);

    /// <summary>
    /// The vehicle account with exactly these vehicles listed. A plate that was here before keeps its old slot; a new plate gets the next
    /// slot that was never used.
    /// </summary>
    /// <param name="listed">At most <see cref="MaxListed"/>, each plate once.</param>
    /// <param name="corrections">
    /// Plates of the list that are the right ones of vehicles listed before. Such a vehicle keeps its slot. A correction of a plate that is
    /// not listed, or by a plate that has a slot of its own, has no effect.
    /// </param>
    /// <returns>Null if the account would have more than <see cref="MaxSlots"/> plates over all time.</returns>
    public VehicleAccount? Replace(
        IReadOnlyCollection<(Plate Plate, VehicleClass Class)> listed, PlateCorrections? corrections = null)
    {
        var classes = listed.ToDictionary(vehicle => vehicle.Plate, vehicle => vehicle.Class);
        var known = Correct(corrections).Select(vehicle => classes.Remove(vehicle.Plate, out var kind)
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

    private IEnumerable<Vehicle> Correct(PlateCorrections? corrections)
    {
        var taken = _vehicles.Select(vehicle => vehicle.Plate).ToHashSet();
        return _vehicles.Select(vehicle =>
            vehicle is { IsListed: true, Former.Count: < MaxCorrections } && corrections?.RightFor(vehicle.Plate) is { } right
                && taken.Add(right)
                ? vehicle with { Plate = right, Former = [.. vehicle.Former, new(vehicle.Plate, corrections.At)] }
                : vehicle);
    }
}

/// <summary>Plates that were wrong, with the right ones.</summary>
/// <param name="RightOnes">The right plate by the wrong one.</param>
/// <param name="At">When they were corrected.</param>
public sealed record PlateCorrections(IReadOnlyDictionary<Plate, Plate> RightOnes, Instant At)
{
    public Plate? RightFor(Plate wrong) => RightOnes.TryGetValue(wrong, out var right) ? right : null;
}

/// <summary>A plate that a vehicle had before it was corrected.</summary>
/// <param name="Plate">The wrong plate.</param>
/// <param name="Until">When it was corrected.</param>
public sealed record FormerPlate(Plate Plate, Instant Until);

/// <summary>A vehicle of a holder.</summary>
/// <param name="Slot">Its permanent number with this holder. Codes and stays name it instead of the plate.</param>
/// <param name="Plate">Its plate.</param>
/// <param name="Class">Its class.</param>
/// <param name="IsListed">Whether the holder still has it. A removed vehicle keeps its slot, because stays name the slot.</param>
public sealed record Vehicle(VehicleSlot Slot, Plate Plate, VehicleClass Class, bool IsListed)
{
    /// <summary>Its plates before corrections, the oldest first.</summary>
    public IReadOnlyList<FormerPlate> Former { get; init; } = [];
}

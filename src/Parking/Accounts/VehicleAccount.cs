using System.Collections.Immutable;
using NodaTime;
using Parking.Codes;
using Parking.Events;
using Parking.Tariffs;
using Parking.Timelines;

namespace Parking.Accounts;

/// <summary>
/// A holder's vehicles, including removed ones, the vehicles that others share with the holder, and the holder's entitlements: what prices
/// may depend on. Pure.
/// </summary>
public sealed partial class VehicleAccount
{
    /// <summary>How many vehicles a holder may have at a time.</summary>
    public const int MaxListed = 8;

    /// <summary>How many plates a holder may have over all time: as many as a code's slot has numbers.</summary>
    public const int MaxSlots = byte.MaxValue;

    /// <summary>How many corrections of one vehicle's plate are remembered.</summary>
    public const int MaxCorrections = 8;

    public static readonly VehicleAccount Empty = new([]);

    /// <summary>
    /// The account of a holder that was erased. It stays as it is, so that a call that began before the erasure cannot write into it.
    /// </summary>
    public static readonly VehicleAccount Erased = new([]) { IsErased = true };

    private readonly ImmutableArray<Vehicle> _vehicles;

    public VehicleAccount(
        IEnumerable<Vehicle> vehicles, Entitlements entitlements = default, IEnumerable<SharedVehicle>? shared = null)
    {
        _vehicles = [.. vehicles];
        Entitlements = entitlements;
        Shared = [.. shared ?? []];
    }

    /// <summary>Whether this is <see cref="Erased"/>.</summary>
    public bool IsErased { get; private init; }

    /// <summary>As the holder's token said when a code was last minted.</summary>
    public Entitlements Entitlements { get; }

    /// <summary>Every vehicle that has a slot, in the order of slots from 1.</summary>
    public IReadOnlyList<Vehicle> All => _vehicles;

    /// <summary>The vehicles that the holder has now, in the order of their slots.</summary>
    public IEnumerable<Vehicle> Listed => _vehicles.Where(vehicle => vehicle.IsListed);

    /// <summary>The plates that the vehicles have or had, as far as they are kept.</summary>
    public IEnumerable<Plate> PlatesEver => _vehicles.SelectMany(
        vehicle => vehicle.Former.Select(former => former.Plate).Concat(vehicle.Plate is { } plate ? [plate] : Array.Empty<Plate>()));

    /// <summary>Vehicles of others that were shared with the holder. Their owners' accounts tell which still are.</summary>
    public ImmutableArray<SharedVehicle> Shared { get; }

    /// <summary>The listed vehicle with this plate; null if there is none.</summary>
    public Vehicle? Find(Plate plate) => Listed.FirstOrDefault(vehicle => vehicle.Plate == plate);

    /// <summary>
    /// The plate that a slot had at a time, whether it is still listed or not. Null for <see cref="VehicleSlot.None"/>, and where the plate
    /// is not kept any more.
    /// </summary>
    public Plate? PlateOf(VehicleSlot slot, Instant at) => _vehicles.FirstOrDefault(vehicle => vehicle.Slot == slot)?.PlateAt(at);

    /// <summary>
    /// The plate that the vehicle of a stay had when the stay began. Null as in <see cref="PlateOf(VehicleSlot, Instant)"/>.
    /// </summary>
    public Plate? PlateOf(Stay stay) => PlateOf(stay.Vehicle, BeginningOf(stay));

    /// <summary>The class of the vehicle that has a slot, whether it is still listed or not; a car if the slot names no vehicle.</summary>
    public VehicleClass ClassOf(VehicleSlot slot) => _vehicles.FirstOrDefault(vehicle => vehicle.Slot == slot)?.Class ?? VehicleClass.Car;

    /// <summary>The same vehicles with these entitlements.</summary>
    public VehicleAccount With(Entitlements entitlements) => new(_vehicles, entitlements, Shared);

    /// <summary>
    /// The vehicle account with exactly these vehicles listed. A plate that is kept keeps its old slot; another plate gets the next slot
    /// that was never used. A vehicle that is not listed any more is not shared any more.
    /// </summary>
    /// <param name="listed">At most <see cref="MaxListed"/>, each plate once.</param>
    /// <param name="at">When the list was changed.</param>
    /// <param name="corrections">
    /// The right plates of vehicles listed before, by the wrong ones. Such a vehicle keeps its slot. A correction of a plate that is not
    /// listed, or by a plate that has a slot of its own, has no effect.
    /// </param>
    /// <returns>Null if the account would have more than <see cref="MaxSlots"/> plates over all time.</returns>
    public VehicleAccount? Replace(
        IReadOnlyCollection<(Plate Plate, VehicleClass Class)> listed, Instant at, IReadOnlyDictionary<Plate, Plate>? corrections = null)
    {
        var classes = listed.ToDictionary(vehicle => vehicle.Plate, vehicle => vehicle.Class);
        var known = Correct(at, corrections ?? ImmutableDictionary<Plate, Plate>.Empty)
            .Select(vehicle => vehicle.Plate is { } plate && classes.Remove(plate, out var kind)
                ? vehicle with { Class = kind, RemovedAt = null }
                : vehicle with { RemovedAt = vehicle.RemovedAt ?? at, Invitations = [], Members = [] })
            .ToList();
        if (known.Count + classes.Count > MaxSlots)
        {
            return null;
        }

        var added = listed.Where(vehicle => classes.ContainsKey(vehicle.Plate))
            .Select((vehicle, index) => new Vehicle(new((byte)(known.Count + index + 1)), vehicle.Plate, vehicle.Class));
        return new([.. known, .. added], Entitlements, Shared);
    }

    /// <summary>
    /// The wrong plates whose correction cannot be made, though the right plate is not listed: those that are not listed either, and those
    /// of vehicles that were corrected <see cref="MaxCorrections"/> times. A correction that was made before is none of them, so that it
    /// can be repeated.
    /// </summary>
    /// <param name="corrections">The right plates by the wrong ones.</param>
    public IReadOnlyList<Plate> CannotCorrect(IReadOnlyDictionary<Plate, Plate> corrections) =>
    [
        .. corrections.Where(one => Find(one.Value) is null && Find(one.Key) is not { Former.Count: < MaxCorrections })
            .Select(one => one.Key),
    ];

    /// <summary>
    /// The same account without what is not needed any more: plates of removed vehicles, and plates from before a correction, once
    /// <see cref="Timeline.StayRetention"/> has passed and no stay names them; and invitations that have expired.
    /// </summary>
    /// <param name="now">The current time.</param>
    /// <param name="stays">Every stay of the holder that is kept. Needed only if <see cref="HasOldPlates"/>.</param>
    public VehicleAccount WithoutWhatIsOld(Instant now, IEnumerable<Stay> stays)
    {
        var beginnings = stays.ToLookup(stay => stay.Vehicle, BeginningOf);
        return new(
            _vehicles.Select(vehicle => vehicle.WithoutPlatesFrom(now - Timeline.StayRetention, [.. beginnings[vehicle.Slot]]) with
            {
                Invitations = [.. vehicle.Invitations.Where(invitation => invitation.ExpiresAt > now)],
            }),
            Entitlements,
            Shared);
    }

    /// <summary>Whether there are plates that are kept only if a stay names them.</summary>
    public bool HasOldPlates(Instant now) => _vehicles.Any(vehicle => vehicle.HasPlatesFrom(now - Timeline.StayRetention));

    private static Instant BeginningOf(Stay stay) => stay.EarliestEntry ?? stay.EnteredAt ?? stay.EndedAt ?? Instant.MaxValue;

    private IEnumerable<Vehicle> Correct(Instant at, IReadOnlyDictionary<Plate, Plate> corrections)
    {
        var taken = _vehicles.Select(vehicle => vehicle.Plate).ToHashSet();
        return _vehicles.Select(vehicle =>
            vehicle is { IsListed: true, Plate: { } wrong, Former.Count: < MaxCorrections }
                && corrections.TryGetValue(wrong, out var right) && taken.Add(right)
                ? vehicle with { Plate = right, Former = [.. vehicle.Former, new(wrong, at)] }
                : vehicle);
    }
}

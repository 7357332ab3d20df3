using NodaTime;
using Parking.Admission;
using Parking.Api.Occupancy;
using Parking.Api.Stays;
using Parking.Facilities;
using Parking.Occupancy;
using Parking.Stays;

namespace Parking.Api.Inventories;

/// <summary>Maps inventories to contracts.</summary>
internal static class InventoryMapping
{
    public static Contracts.InventoryStay ToContract(this InventoriedStay named, CityDirectory city, Instant now) => new()
    {
        Id = named.Name.ToString(),
        Effect = (Contracts.InventoryEffect)(int)named.Effect,
        Gate = named.Stay?.Id.Gate.Value,
        EnteredAt = named.Stay?.EnteredAt,
        EndedAt = named.Stay?.EndedAt,
        State = named.Stay is { } stay ? city.Judge(stay, now).State.ToContract() : null,
    };

    public static Contracts.InventoryDoubt ToDoubt(this GateView gate) =>
        new(gate.Gate.Id.Value, gate.Presence.ToContract(), gate.LastHeardAt, gate.Unsent);
}

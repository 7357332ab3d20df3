using Parking.Simulation.Phones;

namespace Parking.Simulation.Replay;

/// <summary>Somebody in the trace.</summary>
/// <param name="Name">The trace's pseudonym.</param>
/// <param name="Vehicles">As registered: the first has slot 1. Slot 0 is a code that names no vehicle.</param>
internal sealed record ReplayDriver(string Name, IReadOnlyList<Vehicle> Vehicles)
{
    /// <summary>The class by which a stay of this vehicle is priced: without a vehicle it is a car's.</summary>
    public VehicleClass ClassOf(int slot) => slot == 0 ? VehicleClass.Car : Vehicles[slot - 1].Class;

    /// <summary>The slot of a plate that the service told; 0 for none, −1 for one that the driver never registered.</summary>
    public int SlotOf(string? plate)
    {
        for (var index = 0; index < Vehicles.Count; index++)
        {
            if (Vehicles[index].Plate == plate)
            {
                return index + 1;
            }
        }
        return plate is null ? 0 : -1;
    }
}

namespace Parking.Simulation.Phones;

/// <summary>The classes the service knows; on the wire in snake_case.</summary>
public enum VehicleClass
{
    Car,
    Motorcycle,
    Electric,
    Coach,
}

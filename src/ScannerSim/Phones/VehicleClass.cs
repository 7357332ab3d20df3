namespace Parking.ScannerSim.Phones;

/// <summary>The classes the service knows; on the wire in snake_case.</summary>
internal enum VehicleClass
{
    Car,
    Motorcycle,
    Electric,
    Coach,
}

namespace Parking.Simulation.Phones;

/// <summary>A vehicle as a citizen registers it.</summary>
public sealed record Vehicle(string Plate, VehicleClass Class);

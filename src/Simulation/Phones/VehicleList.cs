namespace Parking.Simulation.Phones;

/// <summary>A citizen's vehicles.</summary>
internal sealed record VehicleList(IReadOnlyList<Vehicle> Vehicles);

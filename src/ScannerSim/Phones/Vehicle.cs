namespace Parking.ScannerSim.Phones;

/// <summary>A vehicle as a citizen registers it.</summary>
internal sealed record Vehicle(string Plate, VehicleClass Class);

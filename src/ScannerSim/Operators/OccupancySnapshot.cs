namespace Parking.ScannerSim.Operators;

/// <summary>What a subscription begins with.</summary>
internal sealed record OccupancySnapshot(string Scope, IReadOnlyList<FacilityOccupancy> Facilities);

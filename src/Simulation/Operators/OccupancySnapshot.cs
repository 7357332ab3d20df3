namespace Parking.Simulation.Operators;

/// <summary>What a subscription begins with.</summary>
public sealed record OccupancySnapshot(string Scope, IReadOnlyList<FacilityOccupancy> Facilities);

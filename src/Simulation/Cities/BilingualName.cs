namespace Parking.Simulation.Cities;

/// <summary>A name as people read it.</summary>
public sealed record BilingualName(string Zh, string En);

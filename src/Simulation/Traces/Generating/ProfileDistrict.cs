using Parking.Simulation.Cities;

namespace Parking.Simulation.Traces.Generating;

/// <summary>A district of the city; facilities are dealt out to them in turn.</summary>
public sealed record ProfileDistrict(string Id, BilingualName Name);

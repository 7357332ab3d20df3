using Parking.ScannerSim.Cities;

namespace Parking.ScannerSim.Traces.Generating;

/// <summary>A district of the city; facilities are dealt out to them in turn.</summary>
internal sealed record ProfileDistrict(string Id, BilingualName Name);

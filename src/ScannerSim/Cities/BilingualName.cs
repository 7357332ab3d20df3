namespace Parking.ScannerSim.Cities;

/// <summary>A name as people read it.</summary>
internal sealed record BilingualName(string Zh, string En);

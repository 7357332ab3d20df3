namespace Parking.ScannerSim.Cities;

/// <summary>One lane of a facility.</summary>
internal sealed record GatePlan(string Id, GateDirection Direction);

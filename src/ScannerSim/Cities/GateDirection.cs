namespace Parking.ScannerSim.Cities;

/// <summary>Which way a gate's lane leads.</summary>
internal enum GateDirection
{
    Entry,
    Exit,
}

using Parking.GateProtocol;

namespace Parking.ScannerSim.Gates.Journal;

/// <summary>What a gate decided alone of a scan that it had asked about.</summary>
internal readonly record struct LocalDecision(long Scan, ScanReason Reason);

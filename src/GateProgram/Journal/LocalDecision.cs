using Parking.GateProtocol;

namespace Parking.GateProgram.Journal;

/// <summary>What a gate decided alone of a scan that it had asked about.</summary>
internal readonly record struct LocalDecision(long Scan, ScanReason Reason);

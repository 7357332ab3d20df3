using Parking.GateProtocol;

namespace Parking.Simulation.Replay.Report;

/// <summary>How often a reason was given.</summary>
/// <param name="Reason">Which; null where a gate decided nothing.</param>
/// <param name="Decision">Whether it opens; null as above.</param>
/// <param name="Scans">How often.</param>
/// <param name="Alone">How often of these the gate decided alone.</param>
public sealed record DecisionRow(ScanReason? Reason, GateDecision? Decision, int Scans, int Alone);

using Parking.GateProtocol;
using Parking.ScannerSim.Gates;

namespace Parking.ScannerSim.Demo;

/// <summary>What a gate looks like from the road.</summary>
internal sealed record GateFace(GateState State, GateDisplay Display);

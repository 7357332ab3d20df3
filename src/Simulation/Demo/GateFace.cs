using Parking.GateProgram;
using Parking.GateProtocol;

namespace Parking.Simulation.Demo;

/// <summary>What a gate looks like from the road.</summary>
public sealed record GateFace(GateState State, GateDisplay Display);

using Parking.GateProgram;

namespace Parking.Simulation.Cities;

/// <summary>One lane of a facility.</summary>
public sealed record GatePlan(string Id, GateDirection Direction);

using Parking.GateProtocol;

namespace Parking.Simulation.Traces;

/// <summary>Something went wrong at the gate: a line of type <c>tailgating</c>, <c>barrier_fault</c> or <c>barrier_repaired</c>.</summary>
internal sealed record TraceIncident : TraceEvent
{
    public required GateIncident Incident { get; init; }
}

using NodaTime;
using Parking.GateProtocol;

namespace Parking.Simulation.Replay;

/// <summary>Something went wrong at a gate that changes no stay.</summary>
internal sealed record SeenIncident(long Line, Instant At, string Gate, string Facility, GateIncident Incident);

using NodaTime;
using Parking.GateProtocol;

namespace Parking.ScannerSim.Replay;

/// <summary>Something went wrong at a gate that changes no stay.</summary>
internal sealed record SeenIncident(long Line, Instant At, string Gate, string Facility, GateIncident Incident);

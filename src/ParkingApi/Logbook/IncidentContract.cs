using NodaTime;
using Parking.GateProtocol;

namespace Parking.Api.Logbook;

/// <summary>Something that went wrong at a gate, or right again.</summary>
/// <param name="Incident">What.</param>
/// <param name="OccurredAt">When it happened.</param>
/// <param name="Detail">What the gate wrote to it, for a technician.</param>
public sealed record IncidentContract(GateIncident Incident, Instant OccurredAt, string? Detail);

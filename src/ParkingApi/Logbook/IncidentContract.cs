using NodaTime;
using Parking.GateProtocol;
using Parking.Logbook;

namespace Parking.Api.Logbook;

/// <summary>Something that went wrong at a gate, or right again.</summary>
/// <param name="Incident">What.</param>
/// <param name="OccurredAt">When it happened.</param>
/// <param name="Detail">What the gate wrote to it, for a technician.</param>
public sealed record IncidentContract(GateIncident Incident, Instant OccurredAt, string? Detail)
{
    internal static IncidentContract? Of(LogEntry? entry) => entry?.Kind switch
    {
        LogEntryKind.Tailgating => new(GateIncident.Tailgating, entry.OccurredAt, entry.Text),
        LogEntryKind.BarrierFault => new(GateIncident.BarrierFault, entry.OccurredAt, entry.Text),
        LogEntryKind.BarrierRepaired => new(GateIncident.BarrierRepaired, entry.OccurredAt, entry.Text),
        _ => null,
    };
}

using NodaTime;
using Parking.Api.Facilities;
using Parking.Api.Stays;
using Parking.GateProtocol;

namespace Parking.Api.Recording;

/// <summary>An event that was taken in, with what a recording needs of it. Without its code, which no recording has.</summary>
/// <param name="Gate">Where.</param>
/// <param name="Id">Its identity.</param>
/// <param name="ReportedAt">When it happened, by the gate.</param>
/// <param name="TakenInAt">When the service was told.</param>
/// <param name="Event">What it says; null for a scan.</param>
/// <param name="Scan">Of a scan, what was decided.</param>
/// <param name="IsLate">Of a scan, whether the gate had decided it alone.</param>
internal sealed record NotedEvent(Gate Gate, GateEventId Id, Instant ReportedAt, Instant TakenInAt, ReportedEvent? Event, ScanAnswer? Scan, bool IsLate)
{
    /// <summary>Null if it is nothing that happened: it came too early, contradicts another or cannot be understood.</summary>
    public static NotedEvent? Of(Gate gate, GateEventId id, ReportedEvent? reported, EventOutcome outcome, ScanAnswer? answer, Instant now)
    {
        if (reported is null)
        {
            return null;
        }

        var at = reported.DeviceTime.ToMilliseconds() + Duration.FromMilliseconds(reported.ClockOffset);
        return (outcome, reported) switch
        {
            (EventOutcome.Decided, ReportedScan scan) => new(gate, id, at, now, null, answer, scan.Local is not null),
            (EventOutcome.Recorded, ReportedAct or ReportedIncident or ReportedInventory) => new(gate, id, at, now, reported, null, false),
            _ => null,
        };
    }
}

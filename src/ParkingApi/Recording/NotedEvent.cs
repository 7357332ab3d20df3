using NodaTime;
using Parking.Admission;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;

namespace Parking.Api.Recording;

/// <summary>An event that was taken in, with what a recording needs of it. Without its code, which no recording has.</summary>
/// <param name="Gate">Where.</param>
/// <param name="Id">Its identity.</param>
/// <param name="ReportedAt">When it happened, by the gate.</param>
/// <param name="TakenInAt">When the service was told.</param>
/// <param name="Event">What it says; null for a scan.</param>
/// <param name="Reason">The decision of a scan; null for every other event.</param>
/// <param name="Decided">The scan in its holder's timeline; null if it names nobody.</param>
/// <param name="IsLate">Of a scan, whether the gate had decided it alone.</param>
internal sealed record NotedEvent(Gate Gate, GateEventId Id, Instant ReportedAt, Instant TakenInAt, ReportedEvent? Event, ScanReason? Reason, DecidedScan? Decided, bool IsLate)
{
    /// <summary>
    /// Null if nothing is to be recorded: the event came too early, contradicts another, cannot be understood, or is a repeated scan whose timeline has forgotten it.
    /// </summary>
    public static NotedEvent? Of(Gate gate, GateEventId id, ReportedEvent? reported, EventResult result, Instant now)
    {
        if (reported is null)
        {
            return null;
        }

        var at = reported.DeviceTime.ToMilliseconds() + Duration.FromMilliseconds(reported.ClockOffset);
        return (result, reported) switch
        {
            ({ Outcome: EventOutcome.Decided, Scan: { DecisionToken: not null } answer }, ReportedScan scan) =>
                new(gate, id, at, now, null, answer.Reason, result.Decided, scan.Local is not null),
            ({ Outcome: EventOutcome.Recorded }, ReportedAct or ReportedIncident or ReportedInventory) =>
                new(gate, id, at, now, reported, null, null, false),
            _ => null,
        };
    }
}

using NodaTime;
using Parking.Events;
using Parking.GateProtocol;

namespace Parking.Logbook;

/// <summary>A fact of a facility that names no holder, as one of its gates reported it.</summary>
public sealed record LogEntry
{
    private LogEntry()
    {
    }

    public required GateEventId Id { get; init; }

    public required LogEntryKind Kind { get; init; }

    /// <summary>When it happened: what entries are ordered by. To the millisecond, and never after <see cref="RecordedAt"/>: a clock that is years ahead must not date a count that ends all counting.</summary>
    public required Instant OccurredAt { get; init; }

    /// <summary>When the service learnt of it. To the millisecond.</summary>
    public required Instant RecordedAt { get; init; }

    /// <summary>Of a count: how many vehicles were there.</summary>
    public int? Count { get; init; }

    /// <summary>
    /// Of a count: how many stays were open when it was recorded, which <see cref="FacilityLogbook"/> notes. What the count corrects is frozen with it.
    /// </summary>
    public int? OpenStays { get; init; }

    /// <summary>The number of the scan behind which it happened, in the same journal, where there was one.</summary>
    public long? Scan { get; init; }

    /// <summary>What people wrote to it: why a barrier was opened, what a technician should know.</summary>
    public string? Text { get; init; }

    /// <summary>Whether a vehicle may have passed that no stay accounts for.</summary>
    public bool IsUnexplained => Kind is LogEntryKind.Tailgating or LogEntryKind.OpenedByHand;

    /// <summary>Whether it tells of something that went wrong at the gate, or right again.</summary>
    public bool IsIncident => Kind is LogEntryKind.Tailgating or LogEntryKind.BarrierFault or LogEntryKind.BarrierRepaired;

    public static LogEntry Incident(GateEventId id, Instant occurredAt, Instant recordedAt, GateIncident incident, long? scan = null, string? detail = null) =>
        Make(id, KindOf(incident), occurredAt, recordedAt) with { Scan = scan, Text = detail };

    public static LogEntry OpenedByHand(GateEventId id, Instant occurredAt, Instant recordedAt, string reason) =>
        Make(id, LogEntryKind.OpenedByHand, occurredAt, recordedAt) with { Text = reason };

    public static LogEntry Link(GateEventId id, Instant occurredAt, Instant recordedAt, LinkChange link) =>
        Make(id, link == LinkChange.WentOffline ? LogEntryKind.WentOffline : LogEntryKind.CameBack, occurredAt, recordedAt);

    public static LogEntry Counted(GateEventId id, Instant occurredAt, Instant recordedAt, int count, int? openStays = null) =>
        Make(id, LogEntryKind.Counted, occurredAt, recordedAt) with { Count = count, OpenStays = openStays };

    /// <summary>An entry as it was stored.</summary>
    public static LogEntry Make(GateEventId id, LogEntryKind kind, Instant occurredAt, Instant recordedAt) => new()
    {
        Id = id,
        Kind = kind,
        OccurredAt = Instant.Min(occurredAt, recordedAt).ToMilliseconds(),
        RecordedAt = recordedAt.ToMilliseconds(),
    };

    private static LogEntryKind KindOf(GateIncident incident) => incident switch
    {
        GateIncident.Tailgating => LogEntryKind.Tailgating,
        GateIncident.BarrierFault => LogEntryKind.BarrierFault,
        GateIncident.BarrierRepaired => LogEntryKind.BarrierRepaired,
        _ => throw new ArgumentOutOfRangeException(nameof(incident), incident, "No such incident."),
    };
}

/// <summary>What an entry of a facility's log says. The numbers are stored: they may only ever be added to.</summary>
public enum LogEntryKind
{
    /// <summary>A second vehicle followed through on one opening.</summary>
    Tailgating = 1,

    /// <summary>A barrier does not do what it is told.</summary>
    BarrierFault = 2,

    /// <summary>A barrier does again what it is told.</summary>
    BarrierRepaired = 3,

    /// <summary>A person opened a barrier, and no scan says for whom.</summary>
    OpenedByHand = 4,

    /// <summary>A gate lost the service and decides alone.</summary>
    WentOffline = 5,

    /// <summary>A gate found the service again.</summary>
    CameBack = 6,

    /// <summary>Somebody counted the vehicles that are parked.</summary>
    Counted = 7,
}

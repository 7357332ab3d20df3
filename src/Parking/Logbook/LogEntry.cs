using NodaTime;
using Parking.Events;
using Parking.GateProtocol;

namespace Parking.Logbook;

/// <summary>A fact about a facility that names no holder, as one of its gates reported it.</summary>
public sealed record LogEntry
{
    private LogEntry()
    {
    }

    public required GateEventId Id { get; init; }

    public required LogEntryKind Kind { get; init; }

    /// <summary>
    /// When it happened; entries are ordered by it. To the millisecond, and never after <see cref="RecordedAt"/>: if a clock is years
    /// ahead, its count must not stand as the last count for years.
    /// </summary>
    public required Instant OccurredAt { get; init; }

    /// <summary>When the service recorded it. To the millisecond.</summary>
    public required Instant RecordedAt { get; init; }

    /// <summary>For a count: how many vehicles were there.</summary>
    public int? Count { get; init; }

    /// <summary>
    /// For a count: how many stays were open when it was recorded, without those that were closed because of it.
    /// <see cref="FacilityLogbook"/> sets it, so that what the count corrects never changes.
    /// </summary>
    public int? OpenStays { get; init; }

    /// <summary>The number of the scan after which it happened, in the same journal; null if there was none.</summary>
    public long? Scan { get; init; }

    /// <summary>What a person wrote: why a barrier was opened, or what a technician should know.</summary>
    public string? Text { get; init; }

    /// <summary>Whether a vehicle may have passed that no stay accounts for.</summary>
    public bool IsUnexplained => Kind is LogEntryKind.Tailgating or LogEntryKind.OpenedByHand;

    /// <summary>Whether something went wrong at the gate, or was repaired.</summary>
    public bool IsIncident => IncidentOf is not null;

    /// <summary>The incident that it is about; null if it is about another fact.</summary>
    public GateIncident? IncidentOf => Kind switch
    {
        LogEntryKind.Tailgating => GateIncident.Tailgating,
        LogEntryKind.BarrierFault => GateIncident.BarrierFault,
        LogEntryKind.BarrierRepaired => GateIncident.BarrierRepaired,
        LogEntryKind.RefusesEverybody => GateIncident.RefusesEverybody,
        LogEntryKind.StorageDamaged => GateIncident.StorageDamaged,
        LogEntryKind.ManyLateExits => GateIncident.ManyLateExits,
        _ => null,
    };

    public static LogEntry Incident(
        GateEventId id, Instant occurredAt, Instant recordedAt, GateIncident incident, long? scan = null, string? detail = null) =>
        Make(id, KindOf(incident), occurredAt, recordedAt) with { Scan = scan, Text = detail };

    public static LogEntry OpenedByHand(GateEventId id, Instant occurredAt, Instant recordedAt, string reason) =>
        Make(id, LogEntryKind.OpenedByHand, occurredAt, recordedAt) with { Text = reason };

    public static LogEntry Link(GateEventId id, Instant occurredAt, Instant recordedAt, LinkChange link) =>
        Make(id, link == LinkChange.WentOffline ? LogEntryKind.WentOffline : LogEntryKind.CameBack, occurredAt, recordedAt);

    public static LogEntry Counted(GateEventId id, Instant occurredAt, Instant recordedAt, int count, int? openStays = null) =>
        Make(id, LogEntryKind.Counted, occurredAt, recordedAt) with { Count = count, OpenStays = openStays };

    /// <summary>Makes an entry, as new or as it was stored.</summary>
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
        GateIncident.RefusesEverybody => LogEntryKind.RefusesEverybody,
        GateIncident.StorageDamaged => LogEntryKind.StorageDamaged,
        GateIncident.ManyLateExits => LogEntryKind.ManyLateExits,
        _ => throw new ArgumentOutOfRangeException(nameof(incident), incident, "No such incident."),
    };
}

/// <summary>What an entry of a facility's log says. The numbers are stored: numbers may be added, but never changed.</summary>
public enum LogEntryKind
{
    /// <summary>A second vehicle followed through on one opening.</summary>
    Tailgating = 1,

    /// <summary>A barrier does not obey.</summary>
    BarrierFault = 2,

    /// <summary>A barrier obeys again.</summary>
    BarrierRepaired = 3,

    /// <summary>A person opened a barrier, and no scan says for whom.</summary>
    OpenedByHand = 4,

    /// <summary>A gate lost the service and decides alone.</summary>
    WentOffline = 5,

    /// <summary>A gate found the service again.</summary>
    CameBack = 6,

    /// <summary>Somebody counted the parked vehicles.</summary>
    Counted = 7,

    /// <summary>A gate refused everybody for some time because of their codes.</summary>
    RefusesEverybody = 8,

    /// <summary>What a gate had on its disk is damaged, or the disk cannot be written.</summary>
    StorageDamaged = 9,

    /// <summary>An exit that was cut off has opened more than ten times within an hour for codes that had expired.</summary>
    ManyLateExits = 10,
}

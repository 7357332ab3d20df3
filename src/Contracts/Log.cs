using NodaTime;

namespace Parking.Contracts;

/// <summary>A part of a facility's log.</summary>
public sealed record FacilityLogAnswer
{
    /// <summary>How many entries there are in all.</summary>
    public required int Total { get; init; }

    /// <summary>Newest first, by the time at which they happened.</summary>
    public required IReadOnlyList<LogEntry> Entries { get; init; }
}

/// <summary>Something that happened at a facility.</summary>
public sealed record LogEntry
{
    /// <summary>The gate that reported it.</summary>
    public required string Gate { get; init; }

    /// <summary>That gate's journal.</summary>
    public required string Journal { get; init; }

    /// <summary>The number in it.</summary>
    public required long Seq { get; init; }

    /// <summary>What it says.</summary>
    public required LogEntryKind Kind { get; init; }

    /// <summary>When it happened.</summary>
    public required Instant OccurredAt { get; init; }

    /// <summary>When the service learnt of it: later, if the gate was offline.</summary>
    public required Instant RecordedAt { get; init; }

    /// <summary>Of a count: how many vehicles were there.</summary>
    public int? Count { get; init; }

    /// <summary>Of a count: how many stays were open when it was recorded, without those that its inventory closed.</summary>
    public int? OpenStays { get; init; }

    /// <summary>The number of the scan behind which it happened, where there was one.</summary>
    public long? Scan { get; init; }

    /// <summary>What people wrote to it.</summary>
    public string? Text { get; init; }
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

    /// <summary>A gate refused everybody for some time because of their codes.</summary>
    RefusesEverybody = 8,

    /// <summary>What a gate had on its disk is damaged, or the disk cannot be written.</summary>
    StorageDamaged = 9,

    /// <summary>An exit that was cut off has opened more than ten times within an hour for codes that had expired.</summary>
    ManyLateExits = 10,
}

using NodaTime;
using Parking.Logbook;

namespace Parking.Api.Logbook;

/// <summary>A part of a facility's log.</summary>
internal sealed record FacilityLogAnswer
{
    /// <summary>How many entries there are in all.</summary>
    public required int Total { get; init; }

    /// <summary>Newest first, by the time at which they happened.</summary>
    public required IReadOnlyList<LogEntryContract> Entries { get; init; }
}

/// <summary>Something that happened at a facility.</summary>
internal sealed record LogEntryContract
{
    /// <summary>The gate that reported it.</summary>
    public required string Gate { get; init; }

    /// <summary>That gate's journal.</summary>
    public required string Journal { get; init; }

    /// <summary>The number in it.</summary>
    public required long Seq { get; init; }

    public required LogEntryKind Kind { get; init; }

    public required Instant OccurredAt { get; init; }

    /// <summary>When the service learnt of it: later, if the gate was offline.</summary>
    public required Instant RecordedAt { get; init; }

    /// <summary>Of a count: how many vehicles were there.</summary>
    public int? Count { get; init; }

    /// <summary>Of a count: how many stays were open when it was recorded.</summary>
    public int? OpenStays { get; init; }

    /// <summary>The number of the scan behind which it happened, where there was one.</summary>
    public long? Scan { get; init; }

    /// <summary>What people wrote to it.</summary>
    public string? Text { get; init; }

    public static LogEntryContract Of(LogEntry entry) => new()
    {
        Gate = entry.Id.Gate.Value,
        Journal = entry.Id.Journal.ToString(),
        Seq = entry.Id.Seq,
        Kind = entry.Kind,
        OccurredAt = entry.OccurredAt,
        RecordedAt = entry.RecordedAt,
        Count = entry.Count,
        OpenStays = entry.OpenStays,
        Scan = entry.Scan,
        Text = entry.Text,
    };
}

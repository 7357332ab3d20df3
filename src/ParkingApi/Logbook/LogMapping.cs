using Parking.Logbook;

namespace Parking.Api.Logbook;

/// <summary>Maps a facility's log to contracts.</summary>
internal static class LogMapping
{
    public static Contracts.LogEntry ToContract(this LogEntry entry) => new()
    {
        Gate = entry.Id.Gate.Value,
        Journal = entry.Id.Journal.ToString(),
        Seq = entry.Id.Seq,
        Kind = entry.Kind.ToContract(),
        OccurredAt = entry.OccurredAt,
        RecordedAt = entry.RecordedAt,
        Count = entry.Count,
        OpenStays = entry.OpenStays,
        Scan = entry.Scan,
        Text = entry.Text,
    };

    public static Contracts.LogEntryKind ToContract(this LogEntryKind kind) => (Contracts.LogEntryKind)(int)kind;
}

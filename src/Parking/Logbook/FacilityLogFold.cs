using System.Collections.Frozen;

namespace Parking.Logbook;

/// <summary>Derives the numbers from the entries of a log. Pure. Entries must come in the order in which they happened.</summary>
internal static class FacilityLogFold
{
    public static FacilityNumbers Fold(IReadOnlyList<LogEntry> entries)
    {
        var count = LastCount(entries);
        return new(
            UnexplainedSince(count, entries).Count(),
            count,
            entries.GroupBy(entry => entry.Id.Gate).ToFrozenDictionary(gate => gate.Key, gate => ConditionOf([.. gate])));
    }

    /// <summary>
    /// The entries on which the numbers depend. Without all others the numbers are the same, now and after any further entry.
    /// </summary>
    public static IEnumerable<LogEntry> Foundation(IReadOnlyList<LogEntry> entries)
    {
        var count = LastCount(entries);
        return entries.GroupBy(entry => entry.Id.Gate)
            .SelectMany(gate => new[] { LastFault(gate), LastLink(gate), LastIncident(gate) })
            .Append(count)
            .OfType<LogEntry>()
            .Concat(UnexplainedSince(count, entries));
    }

    /// <summary>
    /// The unexplained passages after the count. What happened in the millisecond of the count itself was there to be counted.
    /// </summary>
    private static IEnumerable<LogEntry> UnexplainedSince(LogEntry? count, IReadOnlyList<LogEntry> entries) =>
        entries.Where(entry => entry.IsUnexplained && (count is null || entry.OccurredAt > count.OccurredAt))
            .TakeLast(FacilityLog.MaxUnexplained);

    private static GateCondition ConditionOf(IReadOnlyList<LogEntry> gate) => new(
        LastFault(gate)?.Kind == LogEntryKind.BarrierFault,
        LastLink(gate)?.Kind == LogEntryKind.WentOffline,
        LastIncident(gate));

    private static LogEntry? LastCount(IEnumerable<LogEntry> entries) => entries.LastOrDefault(entry => entry.Kind == LogEntryKind.Counted);

    private static LogEntry? LastFault(IEnumerable<LogEntry> gate) =>
        gate.LastOrDefault(entry => entry.Kind is LogEntryKind.BarrierFault or LogEntryKind.BarrierRepaired);

    private static LogEntry? LastLink(IEnumerable<LogEntry> gate) =>
        gate.LastOrDefault(entry => entry.Kind is LogEntryKind.WentOffline or LogEntryKind.CameBack);

    private static LogEntry? LastIncident(IEnumerable<LogEntry> gate) => gate.LastOrDefault(entry => entry.IsIncident);
}

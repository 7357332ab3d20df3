using System.Collections.Immutable;
using NodaTime;

namespace Parking.Logbook;

/// <summary>The facts of a facility that name no holder, and the numbers that follow from them.</summary>
/// <remarks>
/// A pure value. The same entries, in whatever order they came, how often they came and whenever the log was trimmed in between, give the same
/// <see cref="Numbers"/>: a trimmed log keeps every entry that a number stands on, and one that no number stands on never becomes such by a later entry.
/// </remarks>
public sealed class FacilityLog
{
    /// <summary>How many entries are kept for people to read, the newest.</summary>
    public const int MaxEntries = 500;

    /// <summary>How many unexplained passages are told apart. A car park with more since its last count must be counted, whatever the number.</summary>
    public const int MaxUnexplained = 500;

    /// <summary>How long entries are kept for people to read.</summary>
    public static readonly Duration Retention = Duration.FromDays(30);

    public static readonly FacilityLog Empty = new([]);

    private FacilityNumbers? _numbers;

    /// <param name="entries">With distinct ids, in any order.</param>
    public FacilityLog(IEnumerable<LogEntry> entries) => Entries = [.. entries.OrderBy(entry => entry.OccurredAt).ThenBy(entry => entry.Id)];

    /// <summary>Oldest first, by the time at which they happened.</summary>
    public ImmutableArray<LogEntry> Entries { get; }

    /// <summary>What follows from the entries.</summary>
    public FacilityNumbers Numbers => _numbers ??= FacilityLogFold.Fold(Entries);

    /// <summary>The same log with one more entry; this very log if it has one of that id.</summary>
    public FacilityLog Add(LogEntry added) => Entries.Any(entry => entry.Id == added.Id) ? this : new(Entries.Add(added));

    /// <summary>
    /// The same log without entries that are older than <see cref="Retention"/> or beyond the newest <see cref="MaxEntries"/>, but with all that its numbers stand on.
    /// This very log if there is nothing to drop.
    /// </summary>
    public FacilityLog Trim(Instant now)
    {
        var readable = Entries.TakeLast(MaxEntries).Where(entry => entry.OccurredAt >= now - Retention);
        var kept = FacilityLogFold.Foundation(Entries).Concat(readable).DistinctBy(entry => entry.Id).ToList();
        return kept.Count == Entries.Length ? this : new(kept);
    }
}

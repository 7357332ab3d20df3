using System.Collections.Immutable;
using NodaTime;

namespace Parking.Logbook;

/// <summary>The facts of a facility that name no holder, and the numbers that follow from them.</summary>
/// <remarks>
/// A pure value. The same entries give the same <see cref="Numbers"/>, in whatever order and however often they came, and whenever the log
/// was trimmed in between. A trimmed log keeps every entry on which a number depends. An entry on which no number depends never gets one by
/// a later entry.
/// </remarks>
public sealed class FacilityLog
{
    /// <summary>How many entries are kept for people to read: the newest ones.</summary>
    public const int MaxEntries = 500;

    /// <summary>
    /// How many unexplained passages are counted. A car park with more since its last count must be counted anyway, whatever the number.
    /// </summary>
    public const int MaxUnexplained = 500;

    /// <summary>How long entries are kept for people to read.</summary>
    public static readonly Duration Retention = Duration.FromDays(30);

    public static readonly FacilityLog Empty = new([]);

    private FacilityNumbers? _numbers;

    /// <param name="entries">Entries with distinct ids, in any order.</param>
    public FacilityLog(IEnumerable<LogEntry> entries) =>
        Entries = [.. entries.OrderBy(entry => entry.OccurredAt).ThenBy(entry => entry.Id)];

    /// <summary>Oldest first, by <see cref="LogEntry.OccurredAt"/>.</summary>
    public ImmutableArray<LogEntry> Entries { get; }

    /// <summary>The numbers that follow from the entries.</summary>
    public FacilityNumbers Numbers => _numbers ??= FacilityLogFold.Fold(Entries);

    /// <summary>The same log with one more entry; this object if it already has an entry with that id.</summary>
    public FacilityLog Add(LogEntry added) => Entries.Any(entry => entry.Id == added.Id) ? this : new(Entries.Add(added));

    /// <summary>
    /// The same log without entries that are older than <see cref="Retention"/> or beyond the newest <see cref="MaxEntries"/>, but with all
    /// entries on which its numbers depend. This object if there is nothing to drop.
    /// </summary>
    public FacilityLog Trim(Instant now)
    {
        var readable = Entries.TakeLast(MaxEntries).Where(entry => entry.OccurredAt >= now - Retention);
        var kept = FacilityLogFold.Foundation(Entries).Concat(readable).DistinctBy(entry => entry.Id).ToList();
        return kept.Count == Entries.Length ? this : new(kept);
    }
}

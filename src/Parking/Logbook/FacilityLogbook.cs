using NodaTime;
using Parking.Facilities;
using Parking.Ports;

namespace Parking.Logbook;

/// <summary>Writes entries into facilities' logs, and reads the logs.</summary>
public sealed class FacilityLogbook(ISpaceStore spaces, IFacilityStore facilityStore, IClock clock)
{
    /// <summary>Incidents are rare and instances are few, so this many lost races mean a defect, not traffic.</summary>
    private const int MaxAttempts = 100;

    /// <summary>
    /// Records a fact. Repeating it changes nothing: an entry is known by its id. A count without <see cref="LogEntry.OpenStays"/> gets the
    /// number of open stays of this moment.
    /// </summary>
    /// <returns>Whether the entry is new.</returns>
    /// <exception cref="StoreUnavailableException">
    /// The store cannot be reached. It is not known whether the entry was recorded: call again.
    /// </exception>
    /// <exception cref="InvalidDataException">The stored log cannot be read.</exception>
    public async Task<bool> RecordAsync(FacilityId facility, LogEntry entry) =>
        (await AddAsync(facility, entry, closing: 0, (_, _) => null)).IsNew;

    /// <summary>
    /// Records a count if it is later than all others: of two of the same time that are recorded at once, one is. Repeating it changes
    /// nothing.
    /// </summary>
    /// <param name="facility">The facility.</param>
    /// <param name="count">The count, without <see cref="LogEntry.OpenStays"/>.</param>
    /// <param name="closing">How many stays are open now and are closed because of this count: they do not count as open.</param>
    /// <returns>
    /// Null if the count is recorded, now or before. Otherwise what is recorded in its place, and nothing changed: a count that is not
    /// earlier, or another count with its id.
    /// </returns>
    /// <exception cref="StoreUnavailableException">
    /// The store cannot be reached. It is not known whether the count was recorded: call again.
    /// </exception>
    /// <exception cref="InvalidDataException">The stored log cannot be read.</exception>
    public async Task<LogEntry?> RecordLatestCountAsync(FacilityId facility, LogEntry count, int closing) =>
        (await AddAsync(facility, count, closing, ObstacleTo)).Obstacle;

    /// <exception cref="InvalidDataException">The stored log cannot be read.</exception>
    public async Task<FacilityLog> ReadAsync(FacilityId facility) =>
        FacilityLogCodec.Decode((await facilityStore.LoadLogAsync(facility)).Content).Trim(clock.GetCurrentInstant());

    private static LogEntry? ObstacleTo(LogEntry count, FacilityLog log) =>
        log.Entries.FirstOrDefault(known => known.Id == count.Id) is { } same ? (same.Count == count.Count ? null : same)
        : log.Numbers.LastCount is { } last && last.OccurredAt >= count.OccurredAt ? last
        : null;

    /// <remarks>The log is looked at and replaced by version: what was not there to be looked at is not overwritten.</remarks>
    private async Task<(bool IsNew, LogEntry? Obstacle)> AddAsync(
        FacilityId facility, LogEntry entry, int closing, Func<LogEntry, FacilityLog, LogEntry?> obstacleTo)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var stored = await facilityStore.LoadLogAsync(facility);
            var log = FacilityLogCodec.Decode(stored.Content);
            if (obstacleTo(entry, log) is { } obstacle)
            {
                return (false, obstacle);
            }

            if (log.Entries.Any(known => known.Id == entry.Id))
            {
                return (false, null);
            }

            entry = await WithOpenStaysAsync(facility, entry, closing);
            var next = log.Add(entry).Trim(clock.GetCurrentInstant());
            if (await facilityStore.CommitLogAsync(facility, stored.Version, FacilityLogCodec.Encode(next)))
            {
                return (true, null);
            }
        }

        throw new StoreUnavailableException("A facility's log changes too fast to be written. Send the same again.");
    }

    private async Task<LogEntry> WithOpenStaysAsync(FacilityId facility, LogEntry entry, int closing) =>
        entry is { Kind: LogEntryKind.Counted, OpenStays: null }
            ? entry with { OpenStays = Math.Max(0, (await spaces.CountSpacesAsync([facility]))[0] - closing) }
            : entry;
}

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
    public async Task<bool> RecordAsync(FacilityId facility, LogEntry entry)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var stored = await facilityStore.LoadLogAsync(facility);
            var log = FacilityLogCodec.Decode(stored.Content);
            if (log.Entries.Any(known => known.Id == entry.Id))
            {
                return false;
            }

            entry = await WithOpenStaysAsync(facility, entry);
            var next = log.Add(entry).Trim(clock.GetCurrentInstant());
            if (await facilityStore.CommitLogAsync(facility, stored.Version, FacilityLogCodec.Encode(next)))
            {
                return true;
            }
        }

        throw new StoreUnavailableException("A facility's log changes too fast to be written. Send the same again.");
    }

    /// <exception cref="InvalidDataException">The stored log cannot be read.</exception>
    public async Task<FacilityLog> ReadAsync(FacilityId facility) =>
        FacilityLogCodec.Decode((await facilityStore.LoadLogAsync(facility)).Content).Trim(clock.GetCurrentInstant());

    private async Task<LogEntry> WithOpenStaysAsync(FacilityId facility, LogEntry entry) =>
        entry is { Kind: LogEntryKind.Counted, OpenStays: null }
            ? entry with { OpenStays = (await spaces.CountSpacesAsync([facility]))[0] }
            : entry;
}

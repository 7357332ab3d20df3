using NodaTime;
using Parking.Api.Facilities;
using Parking.Api.LiveStore;
using Parking.Codes;

namespace Parking.Api.Stays;

/// <summary>
/// Holds the facilities' places against the timelines, which are the truth, and mends what differs. It may run beside live
/// traffic: what it mends it reads again afterwards, and mends again if the timeline has moved on meanwhile.
/// </summary>
internal sealed class PlaceAudit(ILiveStore store)
{
    private const int PendingLimit = 100_000;

    /// <summary>Makes the places of one holder's stays agree with the holder's timeline, at every facility it names.</summary>
    public async Task<AuditResult> AuditAsync(HolderId holder)
    {
        var total = AuditResult.Nothing;
        while (true)
        {
            var stored = await store.LoadAsync(holder);
            var mended = AuditResult.Nothing;
            foreach (var here in TimelineCodec.Decode(stored.Content).Stays.Where(stay => stay.EnteredAt is not null).GroupBy(stay => stay.Facility))
            {
                mended += await AuditAsync(holder, here.Key, [.. here]);
            }

            total += mended;
            if (mended == AuditResult.Nothing || (await store.LoadAsync(holder)).Version == stored.Version)
            {
                return total;
            }
        }
    }

    /// <summary>
    /// Makes all places of <paramref name="facilities"/> anew from every timeline, and counts in for the gates what the
    /// timelines know: for an operator, after a facility's slot was lost or is in doubt. Reads every timeline; one that cannot be
    /// read is counted and passed over.
    /// </summary>
    public async Task<RebuildContract> RebuildAsync(IReadOnlySet<FacilityId> facilities, CancellationToken cancellationToken)
    {
        var total = AuditResult.Nothing;
        var unreadable = 0;
        await foreach (var holder in store.HoldersAsync(cancellationToken))
        {
            try
            {
                total += await AuditAsync(holder);
                await AcknowledgeKnownAsync(holder, facilities);
            }
            catch (InvalidDataException)
            {
                unreadable++;
            }
        }

        foreach (var facility in facilities)
        {
            total += await GiveBackUnfoundedAsync(facility, cancellationToken);
        }

        return new(total.Restored, total.GivenBack, unreadable);
    }

    private async Task<AuditResult> AuditAsync(HolderId holder, FacilityId facility, IReadOnlyList<Stay> stays)
    {
        var taken = await store.AreTakenAsync(facility, [.. stays.Select(stay => stay.Id)]);
        var missing = stays.Where((stay, i) => stay.IsOpen && !taken[i]).Select(stay => stay.Id).ToList();
        var stale = stays.Where((stay, i) => !stay.IsOpen && taken[i]).Select(stay => stay.Id).ToList();
        return new(
            missing.Count == 0 ? 0 : await store.RestoreAsync(facility, holder, missing),
            stale.Count == 0 ? 0 : await store.GiveBackAsync(facility, stale));
    }

    /// <summary>Gives back places that no timeline accounts for. Those of scans that are being decided right now are left alone.</summary>
    private async Task<AuditResult> GiveBackUnfoundedAsync(FacilityId facility, CancellationToken cancellationToken)
    {
        var places = await store.PlacesAsync(facility, cancellationToken).ToListAsync(cancellationToken);

        // In this order: a place whose scan is no longer pending by now was committed before its timeline is read below.
        var pending = (await store.PendingAsync(facility, Instant.MaxValue, PendingLimit)).Select(scan => scan.Scan).ToHashSet();
        var unfounded = new List<GateEventId>();
        foreach (var place in places.Where(place => !pending.Contains(place.Scan)))
        {
            if (!await IsFoundedAsync(facility, place))
            {
                unfounded.Add(place.Scan);
            }
        }

        return new(0, unfounded.Count == 0 ? 0 : await store.GiveBackAsync(facility, unfounded));
    }

    /// <summary>Whether an open stay has this place. A timeline that cannot be read may well have one.</summary>
    private async Task<bool> IsFoundedAsync(FacilityId facility, Place place)
    {
        try
        {
            var timeline = TimelineCodec.Decode((await store.LoadAsync(place.Holder)).Content);
            return timeline.Stays.Any(stay => stay.IsOpen && stay.Id == place.Scan && stay.Facility == facility);
        }
        catch (InvalidDataException)
        {
            return true;
        }
    }

    private async Task AcknowledgeKnownAsync(HolderId holder, IReadOnlySet<FacilityId> facilities)
    {
        var timeline = TimelineCodec.Decode((await store.LoadAsync(holder)).Content);
        foreach (var journal in timeline.Events.Where(e => facilities.Contains(e.Facility)).GroupBy(e => (e.Facility, e.Id.Gate, e.Id.Journal)))
        {
            await store.AcknowledgeAsync(journal.Key.Facility, journal.Key.Gate, journal.Key.Journal, [.. journal.Select(e => e.Id.Seq)]);
        }
    }
}

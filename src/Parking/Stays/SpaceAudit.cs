using NodaTime;
using Parking.Codes;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Ports;
using Parking.Timelines;

namespace Parking.Stays;

/// <summary>
/// Compares the facilities' spaces with the timelines, which are the truth, and corrects what differs. It may run beside live traffic:
/// after a correction it reads the timeline again, and corrects again if the timeline has changed meanwhile.
/// </summary>
public sealed class SpaceAudit(ITimelineStore timelines, IJournalStore journals, ISpaceStore spaces)
{
    private const int PendingLimit = 100_000;

    /// <summary>
    /// Makes the spaces of one holder's stays agree with the holder's timeline, at every facility that the timeline names.
    /// </summary>
    public async Task<AuditResult> AuditAsync(HolderId holder)
    {
        var total = AuditResult.Nothing;
        while (true)
        {
            var stored = await timelines.LoadAsync(holder);
            var mended = AuditResult.Nothing;
            var timeline = RecentTimelines.Decode(stored.Content);
            var open = SpacesOf(timeline);

            // Check all entries, not only those that are stays now: a vehicle that backed out of its entry has no stay any more, but had a
            // space.
            foreach (var here in timeline.Scans.Where(scan => scan.Direction == GateDirection.Entry).GroupBy(scan => scan.Facility))
            {
                mended += await AuditAsync(holder, here.Key, [.. here.Select(scan => scan.Id)], open);
            }

            total += mended;
            if (mended == AuditResult.Nothing || (await timelines.LoadAsync(holder)).Version == stored.Version)
            {
                return total;
            }
        }
    }

    /// <summary>
    /// Applies to the spaces what an event has changed in a timeline. Takes spaces for stays that opened, whatever the capacity, and gives
    /// back the spaces of stays that are no longer open. If this is cut short, the sweep finds the timeline in the outgoing list. If the
    /// timeline changes meanwhile, so that a space is taken here for a stay that somebody else has just ended, that is corrected at once.
    /// </summary>
    /// <param name="holder">The holder of the timeline.</param>
    /// <param name="before">The timeline without the event.</param>
    /// <param name="after">The timeline with it.</param>
    /// <param name="version">The version under which <paramref name="after"/> was stored.</param>
    /// <returns>The facilities whose occupancy changed.</returns>
    public async Task<IReadOnlyList<FacilityId>> FollowAsync(HolderId holder, Timeline before, Timeline after, long version)
    {
        var (was, now) = (SpacesOf(before), SpacesOf(after));
        foreach (var opened in now.Except(was).GroupBy(space => space.Facility))
        {
            await spaces.RestoreAsync(opened.Key, holder, [.. opened.Select(space => space.Stay)]);
        }

        foreach (var closed in was.Except(now).GroupBy(space => space.Facility))
        {
            await spaces.GiveBackAsync(closed.Key, [.. closed.Select(space => space.Stay)]);
        }

        FacilityId[] changed = [.. was.Except(now).Union(now.Except(was)).Select(space => space.Facility).Distinct()];
        if (changed.Length > 0 && (await timelines.LoadAsync(holder)).Version != version)
        {
            await AuditAsync(holder);
        }

        return changed;
    }

    /// <summary>
    /// Rebuilds all spaces of <paramref name="facilities"/> from the timelines, and counts in for the gates what the timelines know. For an
    /// operator, after a facility's slot was lost or is in doubt. Reads every timeline; one that cannot be read is counted and skipped.
    /// </summary>
    public async Task<RebuildResult> RebuildAsync(IReadOnlySet<FacilityId> facilities, CancellationToken cancellationToken)
    {
        var total = AuditResult.Nothing;
        var unreadable = 0;
        await foreach (var holder in timelines.HoldersAsync(cancellationToken))
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

    private async Task<AuditResult> AuditAsync(
        HolderId holder, FacilityId facility, IReadOnlyList<GateEventId> entries, HashSet<(FacilityId Facility, GateEventId Stay)> open)
    {
        var taken = await spaces.AreTakenAsync(facility, entries);
        var missing = entries.Where((entry, i) => open.Contains((facility, entry)) && !taken[i]).ToList();
        var stale = entries.Where((entry, i) => !open.Contains((facility, entry)) && taken[i]).ToList();
        return new(
            missing.Count == 0 ? 0 : await spaces.RestoreAsync(facility, holder, missing),
            stale.Count == 0 ? 0 : await spaces.GiveBackAsync(facility, stale));
    }

    private static HashSet<(FacilityId Facility, GateEventId Stay)> SpacesOf(Timeline timeline) =>
        [.. timeline.Stays.Where(stay => stay.IsOpen).Select(stay => (stay.Facility, stay.Id))];

    /// <summary>Gives back the spaces that no timeline accounts for, except those of scans that are being decided right now.</summary>
    private async Task<AuditResult> GiveBackUnfoundedAsync(FacilityId facility, CancellationToken cancellationToken)
    {
        var taken = await spaces.SpacesAsync(facility, cancellationToken).ToListAsync(cancellationToken);

        // The order matters: a space whose scan is no longer pending here was committed before its timeline is read below.
        var pending = (await journals.PendingAsync(facility, Instant.MaxValue, PendingLimit)).Select(scan => scan.Scan).ToHashSet();
        var unfounded = new List<GateEventId>();
        foreach (var space in taken.Where(space => !pending.Contains(space.Scan)))
        {
            if (!await IsFoundedAsync(facility, space))
            {
                unfounded.Add(space.Scan);
            }
        }

        return new(0, unfounded.Count == 0 ? 0 : await spaces.GiveBackAsync(facility, unfounded));
    }

    /// <summary>Whether an open stay has this space. True if the timeline cannot be read, since it may have such a stay.</summary>
    private async Task<bool> IsFoundedAsync(FacilityId facility, Space space)
    {
        try
        {
            var timeline = TimelineCodec.Decode((await timelines.LoadAsync(space.Holder)).Content);
            return timeline.Stays.Any(stay => stay.IsOpen && stay.Id == space.Scan && stay.Facility == facility);
        }
        catch (InvalidDataException)
        {
            return true;
        }
    }

    private async Task AcknowledgeKnownAsync(HolderId holder, IReadOnlySet<FacilityId> facilities)
    {
        var timeline = TimelineCodec.Decode((await timelines.LoadAsync(holder)).Content);
        var known = timeline.Events.Where(e => facilities.Contains(e.Facility) && e is not InventoryEvent { IsByOperator: true });
        foreach (var journal in known.GroupBy(e => (e.Facility, e.Id.Gate, e.Id.Journal)))
        {
            await journals.AcknowledgeAsync(
                journal.Key.Facility, journal.Key.Gate, journal.Key.Journal, [.. journal.Select(e => e.Id.Seq)]);
        }
    }
}

/// <summary>What an audit corrected: spaces of open stays that were not taken, and taken spaces that no open stay has.</summary>
public readonly record struct AuditResult(int Restored, int GivenBack)
{
    public static AuditResult Nothing => default;

    public static AuditResult operator +(AuditResult left, AuditResult right) =>
        new(left.Restored + right.Restored, left.GivenBack + right.GivenBack);
}

/// <summary>What a rebuild found and corrected.</summary>
/// <param name="Restored">Spaces of open stays that were not taken.</param>
/// <param name="GivenBack">Taken spaces that no open stay has.</param>
/// <param name="Unreadable">Timelines that could not be read and were skipped; their spaces are unchanged.</param>
public sealed record RebuildResult(int Restored, int GivenBack, int Unreadable);

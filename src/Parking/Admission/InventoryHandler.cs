using System.Collections.Immutable;
using NodaTime;
using Parking.Codes;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Ports;
using Parking.Stays;
using Parking.Timelines;

namespace Parking.Admission;

/// <summary>
/// Records an inventory: first in the timeline of every holder whose stays it names, one after the other, then as answered. Every step may
/// be repeated.
/// </summary>
public sealed class InventoryHandler(
    ITimelineStore timelines,
    IJournalStore journals,
    StayNames names,
    SpaceAudit audit,
    FacilityEvents facilityEvents,
    IClock clock)
{
    public async Task<EventResult> HandleAsync(Gate gate, JournalId journal, ReportedInventory inventory, Instant? steadyAt)
    {
        var id = new GateEventId(gate.Id, journal, inventory.Seq);
        var content = Fingerprint.OfInventory(inventory);
        var view = await journals.LookUpAsync(gate.Facility.Id, gate.Id, journal, [inventory.Seq]);
        if (view.Answers[0] is { } kept
            && FacilityEvents.Repeat(kept, content, view.AcknowledgedThrough) is { Outcome: not EventOutcome.Recorded } other)
        {
            return other;
        }

        // An inventory that is marked already is recorded again: a cluster keeps marks and timelines on different machines, and the machine
        // with a timeline may have lost its last moments.
        var now = clock.GetCurrentInstant().ToMilliseconds();
        var deviceTime = inventory.DeviceTime.ToMilliseconds();
        var occurredAt = EventTimes.OfOther(inventory, now, steadyAt);
        var closes = (inventory.Closes ?? []).Select(name => names.Open(Parse(name))).GroupBy(stay => stay.Holder, stay => stay.Digest);
        foreach (var ofHolder in closes)
        {
            // Bind the number before a stay changes, as for an act. Bind it again for each holder: a long list takes time, and the sweep
            // must not take this handler for dead.
            var pending = new PendingEvent(id, ofHolder.Key, content, clock.GetCurrentInstant());
            if (await facilityEvents.BindAsync(gate.Facility.Id, pending) is { } refused)
            {
                return refused;
            }

            var isRecorded = await RecordAsync(ofHolder.Key, new()
            {
                Id = id,
                Facility = gate.Facility.Id,
                DeviceTime = deviceTime,
                ClockOffset = occurredAt - deviceTime,
                TakenInAt = now,
                Sent = content,
                Closes = [.. ofHolder.Distinct().Order()],
            });
            if (!isRecorded)
            {
                // Another content was recorded first and was cut short. This one releases the number.
                await journals.AbandonAsync(gate.Facility.Id, pending);
                return EventResult.Conflict(view.AcknowledgedThrough);
            }
        }

        return await facilityEvents.RecordInventoryAsync(gate, id, inventory, content, steadyAt);
    }

    /// <remarks>
    /// Any 128 bits open to some holder, and the holder gets the inventory even if the stay, or the whole timeline, is not there: its entry
    /// may arrive later, or be put back after the store has lost it. An inventory that closes nothing is trimmed like any other event.
    /// An operator was shown open stays, so an operator's inventory leaves those that have ended since as they are. A gate's may be the
    /// only one that knows the true end.
    /// </remarks>
    /// <returns>
    /// True if the timeline has this inventory under its number. False if another content stands there.
    /// </returns>
    private async Task<bool> RecordAsync(HolderId holder, InventoryEvent inventory)
    {
        while (true)
        {
            var stored = await timelines.LoadAsync(holder);
            var timeline = RecentTimelines.Decode(stored.Content);
            if (timeline.Find(inventory.Id) is { } known)
            {
                await audit.AuditAsync(holder);
                return known.Content == inventory.Content;
            }

            var next = timeline.Add(
                inventory.IsByOperator ? inventory with { Closes = WithoutEnded(inventory.Closes, timeline) } : inventory);
            if (await timelines.CommitAsync(holder, stored.Version, RecentTimelines.Encode(next)))
            {
                await audit.FollowAsync(holder, timeline, next, stored.Version + 1);
                return true;
            }
        }
    }

    private static ImmutableArray<ulong> WithoutEnded(ImmutableArray<ulong> closes, Timeline timeline)
    {
        var ended = timeline.Stays.Where(stay => !stay.IsOpen).Select(stay => stay.Id.Digest()).ToHashSet();
        return closes.RemoveAll(ended.Contains);
    }

    private static CodeId Parse(string name) =>
        CodeId.TryParse(name, out var id) ? id : throw new FormatException($"'{name}' is not a stay's name.");
}

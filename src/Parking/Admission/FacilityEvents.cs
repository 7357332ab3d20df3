using NodaTime;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Logbook;
using Parking.Ports;

namespace Parking.Admission;

/// <summary>Records events that concern a facility and no holder in the facility's log, and acknowledges events.</summary>
public sealed class FacilityEvents(IJournalStore journals, FacilityLogbook logbook, IClock clock)
{
    public Task<EventResult> RecordAsync(Gate gate, GateEventId id, ReportedIncident incident, Instant? steadyAt) => RecordAsync(
        gate,
        LogEntry.Incident(id, TimeOf(incident, steadyAt), Now(), incident.Incident, incident.Scan, incident.Detail),
        Fingerprint.OfIncident(incident));

    public Task<EventResult> RecordAsync(Gate gate, GateEventId id, ReportedLink link, Instant? steadyAt) =>
        RecordAsync(gate, LogEntry.Link(id, TimeOf(link, steadyAt), Now(), link.Link), Fingerprint.OfLink(link));

    /// <summary>Records that a person let somebody through who showed no code.</summary>
    public Task<EventResult> RecordHandOpeningAsync(
        Gate gate, GateEventId id, ReportedAct act, Fingerprint content, Instant? steadyAt) =>
        RecordAsync(gate, LogEntry.OpenedByHand(id, TimeOf(act, steadyAt), Now(), act.Reason!), content);

    /// <summary>Records what the barrier did after a scan that names no holder. If somebody went through, nobody can say who.</summary>
    public Task<EventResult> RecordActOfNobodyAsync(
        Gate gate, GateEventId id, ReportedAct act, Fingerprint content, Instant? steadyAt) =>
        act.Act switch
        {
            BarrierAct.OpenedByHand => RecordHandOpeningAsync(gate, id, act, content, steadyAt),
            BarrierAct.Passed => RecordAsync(
                gate, LogEntry.OpenedByHand(id, TimeOf(act, steadyAt), Now(), "passed on a code that is none of ours"), content),
            _ => MarkAsync(gate, id, content),
        };

    /// <summary>
    /// Finishes an inventory that is already in the timelines of all holders whom it names. Its count, if it has one, goes into the
    /// facility's log.
    /// </summary>
    public Task<EventResult> RecordInventoryAsync(
        Gate gate, GateEventId id, ReportedInventory inventory, Fingerprint content, Instant? steadyAt) =>
        inventory.Count is { } count
            ? RecordAsync(gate, LogEntry.Counted(id, TimeOf(inventory, steadyAt), Now(), count), content)
            : MarkAsync(gate, id, content);

    /// <summary>
    /// Records the count of an inventory before anything else of it, if it is later than all others of the facility. The inventory stays
    /// pending. If it was answered before, or another content has its number, nothing is done: whoever handles it then finds that.
    /// </summary>
    /// <param name="gate">The gate.</param>
    /// <param name="id">The inventory's identity.</param>
    /// <param name="inventory">The inventory, which has a count.</param>
    /// <param name="content">Its fingerprint.</param>
    /// <param name="closing">How many open stays it is about to close.</param>
    /// <returns>What <see cref="FacilityLogbook.RecordLatestCountAsync"/> found in its place; null for nothing.</returns>
    public async Task<LogEntry?> RecordLatestCountAsync(
        Gate gate, GateEventId id, ReportedInventory inventory, Fingerprint content, int closing)
    {
        var pending = new PendingEvent(id, default, content, clock.GetCurrentInstant());
        if ((await journals.ReserveAsync(gate.Facility.Id, pending, space: null)).Status != ReservationStatus.Reserved)
        {
            return null;
        }

        var count = LogEntry.Counted(id, TimeOf(inventory, steadyAt: null), Now(), inventory.Count!.Value);
        var obstacle = await logbook.RecordLatestCountAsync(gate.Facility.Id, count, closing);
        if (obstacle is not null)
        {
            await journals.AbandonAsync(gate.Facility.Id, pending);
        }

        return obstacle;
    }

    /// <summary>Stores an event that cannot be understood as unreadable, so that the journal's prefix can advance.</summary>
    public Task<EventResult> RecordUnreadableAsync(Gate gate, GateEventId id, Fingerprint content, string why) =>
        MarkAsync(gate, id, content, KeptEvent.Unreadable(why));

    /// <summary>Acknowledges an event about a command. What it says is kept with the command.</summary>
    public Task<EventResult> RecordAsync(Gate gate, GateEventId id, ReportedCommand command) =>
        MarkAsync(gate, id, Fingerprint.OfCommand(command));

    /// <summary>Binds an event's number to its content and notes the event as pending, before the event changes a stay.</summary>
    /// <returns>
    /// The answer if the number is bound to another content, or is too old. Null if it is bound to this content; also if the event was
    /// answered before, since what lies elsewhere may have to be put back.
    /// </returns>
    public async Task<EventResult?> BindAsync(FacilityId facility, PendingEvent pending) =>
        RefusalOf(await journals.ReserveAsync(facility, pending, space: null));

    /// <summary>Acknowledges an event that is stored where it belongs.</summary>
    public Task<EventResult> MarkAsync(Gate gate, GateEventId id, Fingerprint content) => MarkAsync(gate, id, content, KeptEvent.Recorded);

    /// <summary>The first answer to an event that is not a scan; a conflict if another content came now.</summary>
    public static EventResult Repeat(KeptAnswer before, Fingerprint content, long acknowledgedThrough) =>
        before.Content == content && !KeptEvent.IsScan(before.Answer)
            ? KeptEvent.Describe(before.Answer, acknowledgedThrough)
            : EventResult.Conflict(acknowledgedThrough);

    /// <remarks>
    /// The order matters: bind the number, write the log, mark the event. So an event that the marks know is in the log, and one that is in
    /// the log has its number bound.
    /// </remarks>
    private async Task<EventResult> RecordAsync(Gate gate, LogEntry entry, Fingerprint content)
    {
        var pending = new PendingEvent(entry.Id, default, content, clock.GetCurrentInstant());
        var binding = await journals.ReserveAsync(gate.Facility.Id, pending, space: null);
        if (RefusalOf(binding) is { } refused)
        {
            return refused;
        }

        if (binding.Status == ReservationStatus.Answered)
        {
            return KeptEvent.Describe(binding.Answer, binding.AcknowledgedThrough);
        }

        await logbook.RecordAsync(gate.Facility.Id, entry);
        return await MarkAsync(gate, entry.Id, content);
    }

    private static EventResult? RefusalOf(Reservation binding) => binding.Status switch
    {
        ReservationStatus.OtherContent => EventResult.Conflict(binding.AcknowledgedThrough),
        ReservationStatus.Forgotten => EventResult.Forgotten(binding.AcknowledgedThrough),
        _ => null,
    };

    private async Task<EventResult> MarkAsync(Gate gate, GateEventId id, Fingerprint content, byte[] kept)
    {
        var marking = await journals.MarkAsync(gate.Facility.Id, id, content, kept, []);
        return marking.Status switch
        {
            MarkingStatus.OtherContent => EventResult.Conflict(marking.AcknowledgedThrough),
            MarkingStatus.Forgotten => EventResult.Forgotten(marking.AcknowledgedThrough),
            _ => Repeat(new(content, marking.Answer), content, marking.AcknowledgedThrough),
        };
    }

    private Instant Now() => clock.GetCurrentInstant().ToMilliseconds();

    private Instant TimeOf(ReportedEvent reported, Instant? steadyAt) => EventTimes.OfOther(reported, Now(), steadyAt);
}

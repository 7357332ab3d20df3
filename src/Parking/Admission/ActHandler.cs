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
/// Records what the barrier did after a scan. The act goes into the timeline of the scan's holder, if the scan names one.
/// </summary>
public sealed class ActHandler(
    ITimelineStore timelines,
    IJournalStore journals,
    ScanCompletion completion,
    SpaceAudit audit,
    FacilityEvents facilityEvents,
    LetOutHandler letOut,
    IClock clock)
{
    public async Task<EventResult> HandleAsync(Gate gate, JournalId journal, ReportedAct act, Instant? steadyAt)
    {
        var id = new GateEventId(gate.Id, journal, act.Seq);
        var deviceTime = act.DeviceTime.ToMilliseconds();
        var content = Fingerprint.OfAct(act);
        if (act.Scan is not { } scanSeq)
        {
            return act.Stay is null
                ? await facilityEvents.RecordHandOpeningAsync(gate, id, act, content, steadyAt)
                : await letOut.HandleAsync(gate, id, act, content, steadyAt);
        }

        var view = await journals.LookUpAsync(gate.Facility.Id, gate.Id, journal, [act.Seq, scanSeq]);
        var before = view.Answers[0] is { } kept ? FacilityEvents.Repeat(kept, content, view.AcknowledgedThrough) : (EventResult?)null;
        if (before is { Outcome: not EventOutcome.Recorded } other)
        {
            return other;
        }

        if (view.Answers[1] is not { } scan)
        {
            return before ?? (scanSeq > view.AcknowledgedThrough
                ? new(EventOutcome.Waiting, view.AcknowledgedThrough, Error: $"scan {scanSeq} is not known yet")
                : await facilityEvents.RecordUnreadableAsync(gate, id, content, $"scan {scanSeq} was answered too long ago"));
        }

        if (!KeptEvent.IsScan(scan.Answer))
        {
            return await facilityEvents.RecordUnreadableAsync(gate, id, content, $"event {scanSeq} is no scan");
        }

        // An act that is marked already is recorded again: a cluster keeps marks and timelines on different machines, and the machine with
        // the timelines may have lost its last moments.
        var answer = StoredAnswer.Decode(scan.Answer);
        return completion.HolderOf(answer) is { } holder
            ? await RecordAsync(gate, holder, new()
            {
                Id = id,
                Facility = gate.Facility.Id,
                DeviceTime = deviceTime,
                ClockOffset = Duration.FromMilliseconds(act.ClockOffset),
                Act = act.Act,
                Scan = id with { Seq = scanSeq },
                Reason = act.Reason,
                TakenInAt = clock.GetCurrentInstant().ToMilliseconds(),
            })
            : await facilityEvents.RecordActOfNobodyAsync(gate, id, act, content, steadyAt);
    }

    private async Task<EventResult> RecordAsync(Gate gate, HolderId holder, ActEvent act)
    {
        var pending = new PendingEvent(act.Id, holder, act.Content, act.TakenInAt);
        while (true)
        {
            var stored = await timelines.LoadAsync(holder);
            var timeline = RecentTimelines.Decode(stored.Content);
            if (timeline.Find(act.Id) is { } known)
            {
                if (known.Content == act.Content)
                {
                    // The spaces may be lost where the act is not: see ScanCompletion.CompleteAgainAsync.
                    await audit.AuditAsync(holder);
                    return await facilityEvents.MarkAsync(gate, act.Id, act.Content);
                }

                // Another content is in the timeline under this number, and was never bound. If this content was bound meanwhile, it
                // releases the number.
                await journals.AbandonAsync(gate.Facility.Id, pending);
                var view = await journals.LookUpAsync(gate.Facility.Id, act.Id.Gate, act.Id.Journal, []);
                return EventResult.Conflict(view.AcknowledgedThrough);
            }

            if (timeline.Find(act.Scan) is not ScanEvent scan)
            {
                return await facilityEvents.RecordUnreadableAsync(gate, act.Id, act.Content, $"scan {act.Scan.Seq} is too long ago");
            }

            if ((act.Act == BarrierAct.StayedShut && !scan.Decision.Opens) || timeline.Passages.Covers(act))
            {
                // The act adds nothing: after most refusals the barrier stays shut, and after most openings the vehicle passes.
                return await facilityEvents.MarkAsync(gate, act.Id, act.Content);
            }

            var next = timeline.Add(act with { Facility = scan.Facility });
            var changesStays = timeline.Passages.Passed(scan) != next.Passages.Passed(scan);

            // Bind the number before the act changes a stay. If two contents come under one number at the same moment, the content that is
            // acknowledged must be the content that counts.
            if (changesStays && await facilityEvents.BindAsync(gate.Facility.Id, pending) is { } refused)
            {
                return refused;
            }

            if (await timelines.CommitAsync(holder, stored.Version, RecentTimelines.Encode(next)))
            {
                if (changesStays)
                {
                    await audit.FollowAsync(holder, timeline, next, stored.Version + 1);
                }

                return await facilityEvents.MarkAsync(gate, act.Id, act.Content);
            }
        }
    }
}

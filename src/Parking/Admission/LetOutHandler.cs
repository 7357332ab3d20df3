using System.Security.Cryptography;
using System.Text;
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
/// Records that an operator opened an exit from afar and named the stay that ends with it. It is an exit of that stay's vehicle, without a
/// code: the stay has its fee, and is provisional. If the vehicle leaves with a code after all, that exit ends the stay.
/// </summary>
public sealed class LetOutHandler(
    ITimelineStore timelines, IJournalStore journals, StayNames names, SpaceAudit audit, FacilityEvents facilityEvents, IClock clock)
{
    /// <param name="gate">The exit.</param>
    /// <param name="id">The act's identity, which is the exit's.</param>
    /// <param name="act">The act, with the name of a stay.</param>
    /// <param name="content">The fingerprint of the act.</param>
    /// <param name="steadyAt">When it happened by the gate's steady clock; null if that is not known.</param>
    public async Task<EventResult> HandleAsync(Gate gate, GateEventId id, ReportedAct act, Fingerprint content, Instant? steadyAt)
    {
        var name = CodeId.Parse(act.Stay!);
        var (holder, digest) = names.Open(name);
        var pending = new PendingEvent(id, holder, content, clock.GetCurrentInstant());
        while (true)
        {
            var stored = await timelines.LoadAsync(holder);
            var timeline = RecentTimelines.Decode(stored.Content);
            if (timeline.Find(id) is { } known)
            {
                if (known.Content == content)
                {
                    // The spaces may be lost where the exit is not: see ScanCompletion.CompleteAgainAsync.
                    await audit.AuditAsync(holder);
                    return await facilityEvents.MarkAsync(gate, id, content);
                }

                await journals.AbandonAsync(gate.Facility.Id, pending);
                return EventResult.Conflict((await journals.LookUpAsync(gate.Facility.Id, gate.Id, id.Journal, [])).AcknowledgedThrough);
            }

            if (timeline.Stays.Any(stay => stay.Id.Digest() == digest && !(stay.IsOpen && stay.Facility == gate.Facility.Id)))
            {
                // The stay ended meanwhile in another way, or is not here. Somebody left, and nobody can say who.
                return await facilityEvents.RecordHandOpeningAsync(gate, id, act, content, steadyAt);
            }

            if (await facilityEvents.BindAsync(gate.Facility.Id, pending) is { } refused)
            {
                return refused;
            }

            var next = timeline.Add(ExitOf(gate, id, act, content, names.VehicleOf(name), steadyAt));
            if (await timelines.CommitAsync(holder, stored.Version, RecentTimelines.Encode(next)))
            {
                await audit.FollowAsync(holder, timeline, next, stored.Version + 1);
                return await facilityEvents.MarkAsync(gate, id, content);
            }
        }
    }

    private ScanEvent ExitOf(
        Gate gate, GateEventId id, ReportedAct act, Fingerprint content, VehicleSlot vehicle, Instant? steadyAt)
    {
        var now = clock.GetCurrentInstant().ToMilliseconds();
        var deviceTime = act.DeviceTime.ToMilliseconds();
        return new()
        {
            Id = id,
            Facility = gate.Facility.Id,
            DeviceTime = deviceTime,
            ClockOffset = EventTimes.OfOther(act, now, steadyAt) - deviceTime,
            Direction = GateDirection.Exit,
            Code = NoCode(id),
            Vehicle = vehicle,
            Decision = new(ScanReason.LetOut, now),
            Sent = content,
        };
    }

    /// <summary>Stands where a scan has its code's identity. It is that of no code, and of no other exit.</summary>
    private static CodeId NoCode(GateEventId id) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"let out {id}")).AsSpan()[..CodeId.Size]);
}

using NodaTime;
using Parking.Codes;
using Parking.Devices;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Ports;
using Parking.Stays;
using Parking.Timelines;

namespace Parking.Admission;

/// <summary>
/// Decides a scan and stores the decision in three small steps: reserve (the facility's slot), commit (the holder's slot; this step
/// decides), mark (the facility's slot again). Each step is atomic and safe to repeat. After a crash between two steps, the same scan
/// reported again or <see cref="StaySweep"/> finishes it. A scan that a gate decided alone takes the same steps, and is recorded as it was.
/// </summary>
public sealed class ScanHandler(
    ITimelineStore timelines,
    IJournalStore journals,
    CodeKeys keys,
    FacilityStates states,
    EntryFacts entryFacts,
    ExitFacts exitFacts,
    ScanRules rules,
    ScanCompletion completion,
    SpaceAudit audit,
    DeviceRegistry devices,
    TimeProvider time)
{
    /// <summary>
    /// How long a scan may take from its arrival to its commit. Well below <see cref="StaySweep.PendingPatience"/>, after which the sweep
    /// takes the handler for dead and gives its space away.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <param name="scan">The scan.</param>
    /// <param name="code">The code that was shown.</param>
    /// <param name="local">What the gate decided alone; null if the gate asks for a decision.</param>
    public async Task<EventResult> HandleAsync(IncomingScan scan, string code, ScanReason? local)
    {
        var current = keys.Current;
        var now = Now();
        var check = local is null
            ? current.Verifier.Verify(code, now)
            : current.LateVerifier.Verify(code, now);

        // A genuine code names its holder, even if it has expired. A copy of this scan may have been decided while the code lived, and only
        // the holder's timeline can tell. A code that is not genuine names nobody and gets the same answer each time.
        return check.IsGenuine
            ? await HandleAsync(scan, check, local, current.SealingKeys.Open(check))
            : await completion.AnswerNobodyAsync(
                scan.Gate.Facility.Id, scan.Id, scan.Content, new(local ?? (ScanReason)check.Refusal, now));
    }

    private async Task<EventResult> HandleAsync(IncomingScan scan, CodeCheck check, ScanReason? local, SealedHolder sealedHolder)
    {
        var isOfRemovedDevice = local is null && check.IsAccepted && check.Certificate is { } certificate
            && !await devices.IsAcceptedAsync(sealedHolder, certificate.Id.Digest, scan.Gate.Direction == GateDirection.Exit);
        for (var started = time.GetTimestamp(); time.GetElapsedTime(started) < Patience;)
        {
            var stored = await timelines.LoadAsync(sealedHolder.Holder);
            var timeline = RecentTimelines.Decode(stored.Content);
            if (timeline.Find(scan.Id) is { } known)
            {
                if (known is ScanEvent decidedBefore && known.Content == scan.Content)
                {
                    return await completion.CompleteAgainAsync(sealedHolder.Holder, decidedBefore, timeline, audit);
                }

                var view = await journals.LookUpAsync(known.Facility, scan.Id.Gate, scan.Id.Journal, []);
                return EventResult.Conflict(view.AcknowledgedThrough);
            }

            var now = Now();
            var draft = local is { } reason
                ? Record(scan, check, sealedHolder.Vehicle, reason, now)
                : Decide(scan, check, sealedHolder.Vehicle, isOfRemovedDevice, timeline, now);
            var space = local is null ? SpaceFor(scan.Gate, draft, timeline) : null;
            var pending = new PendingEvent(scan.Id, sealedHolder.Holder, scan.Content, now);
            var reservation = await journals.ReserveAsync(scan.Gate.Facility.Id, pending, space);
            switch (reservation.Status)
            {
                case ReservationStatus.Answered:
                    return await completion.RepeatAsync(scan.Id, scan.Content, reservation.Answer, reservation.AcknowledgedThrough);
                case ReservationStatus.OtherContent:
                    return EventResult.Conflict(reservation.AcknowledgedThrough);
                case ReservationStatus.Forgotten:
                    return EventResult.Forgotten(reservation.AcknowledgedThrough);
                case ReservationStatus.Full:
                    draft = draft with { Decision = new(ScanReason.Full, now) };
                    break;
                case ReservationStatus.Reserved:
                    break;
            }

            var decided = await entryFacts.AddAsync(draft, scan.Gate.Facility, sealedHolder.Holder, reservation.OthersTaken);
            decided = await exitFacts.AddAsync(timeline, decided, sealedHolder.Holder);
            var next = timeline.Add(decided).Trim(now);
            if (time.GetElapsedTime(started) < Patience
                && await timelines.CommitAsync(sealedHolder.Holder, stored.Version, RecentTimelines.Encode(next)))
            {
                if (local is not null)
                {
                    await audit.FollowAsync(sealedHolder.Holder, timeline, next, stored.Version + 1);
                }

                return await completion.CompleteAsync(sealedHolder.Holder, decided, next);
            }
        }

        throw new StoreUnavailableException("The store is too slow to decide a scan safely. Send the scan again.");
    }

    /// <summary>A scan that is over is dated by what proves its time.</summary>
    private ScanEvent Record(IncomingScan scan, CodeCheck check, VehicleSlot vehicle, ScanReason reason, Instant now)
    {
        var (at, latest) = EventTimes.OfLate(new(scan.ReportedAt, now, scan.SteadyAt, check.ProvenFrom, Skew));
        return scan.Decide(check.CodeId, vehicle, reason, now, at.ToMilliseconds()) with { LatestAt = latest };
    }

    private ScanEvent Decide(
        IncomingScan scan, CodeCheck check, VehicleSlot vehicle, bool isOfRemovedDevice, Timeline timeline, Instant now)
    {
        if (check.Refusal == CodeRefusal.Expired)
        {
            // Nobody waits for this answer: the scan may be hours old, and a person or the gate itself may have opened meanwhile.
            var over = Record(scan, check, vehicle, ScanReason.Expired, now);
            var wasOnItsWay = over.LatestAt is null && now - over.OccurredAt <= EventTimes.LongestTravel;
            return over with { WasCodeAlive = wasOnItsWay && over.OccurredAt < check.ExpiresAt + Skew };
        }

        var asIfOpened = EventTimes.PlaceBehind(
            timeline, scan.Decide(check.CodeId, vehicle, ScanReason.OpenedOffline, now, EventTimes.OfLive(scan.ReportedAt, now)));
        var reason = !check.IsAccepted ? (ScanReason)check.Refusal
            : isOfRemovedDevice ? ScanReason.DeviceRevoked
            : scan.Gate.Direction == GateDirection.Entry && states.IsClosed(scan.Gate.Facility.Id) ? ScanReason.FacilityClosed
            : rules.Decide(timeline, asIfOpened, scan.Gate.Facility.MissedEntry);
        return asIfOpened with { Decision = new(reason, now) };
    }

    private static SpaceRequest? SpaceFor(Gate gate, ScanEvent draft, Timeline timeline)
    {
        if (draft.Direction != GateDirection.Entry || !draft.Decision.Opens)
        {
            return null;
        }

        var left = timeline.Stays.FirstOrDefault(stay => stay.IsOpen && stay.Vehicle == draft.Vehicle);
        return new(gate.Facility.EnforcesCapacity ? gate.Facility.Capacity : null, left?.Facility == gate.Facility.Id ? left.Id : null);
    }

    private Duration Skew => keys.Current.Ring.Policy.CodeLifetime.ClockSkew;

    private Instant Now() => Instant.FromDateTimeOffset(time.GetUtcNow()).ToMilliseconds();
}

/// <summary>A scan as it was received, before it is decided or recorded.</summary>
/// <param name="Gate">The gate that sent it.</param>
/// <param name="Id">Its identity.</param>
/// <param name="Content">The fingerprint of what was sent.</param>
/// <param name="DeviceTime">What the gate's clock said, to the millisecond.</param>
/// <param name="ClockOffset">What to add to <paramref name="DeviceTime"/> to get true time, according to the gate.</param>
/// <param name="SteadyAt">When it happened by the gate's steady clock; see <see cref="TimeProof"/>.</param>
public sealed record IncomingScan(
    Gate Gate, GateEventId Id, Fingerprint Content, Instant DeviceTime, Duration ClockOffset, Instant? SteadyAt = null)
{
    /// <summary>When it happened, according to the gate.</summary>
    public Instant ReportedAt => DeviceTime + ClockOffset;

    public static IncomingScan Of(Gate gate, JournalId journal, ReportedScan scan, string code, Instant? steadyAt)
    {
        var deviceTime = scan.DeviceTime.ToMilliseconds();
        return new(
            gate, new(gate.Id, journal, scan.Seq), Fingerprint.OfScan(deviceTime, scan.ClockOffset, code),
            deviceTime, Duration.FromMilliseconds(scan.ClockOffset), steadyAt);
    }

    /// <summary>
    /// The fact that this was decided. The clock offset is the one that gives <paramref name="occurredAt"/>, and never changes.
    /// </summary>
    public ScanEvent Decide(
        CodeId code, VehicleSlot vehicle, ScanReason reason, Instant decidedAt, Instant occurredAt, EntryTerms? terms = null) =>
        new()
        {
            Id = Id,
            Facility = Gate.Facility.Id,
            Direction = Gate.Direction,
            DeviceTime = DeviceTime,
            ClockOffset = occurredAt - DeviceTime,
            Code = code,
            Vehicle = vehicle,
            Decision = new(reason, decidedAt),
            Terms = terms,
            Sent = Content,
        };
}

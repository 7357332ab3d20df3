using NodaTime;
using Parking.Api.Codes;
using Parking.Api.Facilities;
using Parking.Api.Holders;
using Parking.Api.LiveStore;
using Parking.Api.Stays;
using Parking.Codes;
using Parking.GateProtocol;

namespace Parking.Api.Gates;

/// <summary>
/// Decides a scan and makes the decision last, in three small steps: reserve (the facility's slot), commit (the holder's slot,
/// the moment of truth), mark (the facility's slot again). Each is atomic and safe to repeat, so a crash between any two is
/// healed by the same scan being posted again, or by <see cref="StaySweep"/>.
/// </summary>
internal sealed partial class ScanHandler(
    ILiveStore store, HolderRegistry holders, CodeKeys keys, ScanRules rules, ScanFinish finish, TimeProvider time, ILogger<ScanHandler> logger)
{
    /// <summary>
    /// How long a scan may take from its arrival to its commit. Well under <see cref="StaySweep.PendingPatience"/>, after which the
    /// sweep takes its handler for dead and gives its place away.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public async Task<ScanOutcome> HandleAsync(Gate gate, ScanRequest request)
    {
        var id = new GateEventId(gate.Id, JournalId.Parse(request.Journal), request.Seq);
        var scan = new IncomingScan(gate, id, Fingerprint.Of(request), request.DeviceTime.ToMilliseconds());
        var current = keys.Current;
        var check = current.Verifier.Verify(request.Code, Now());

        // A genuine code, even an expired one, names its holder, and a copy of this scan may have been decided while it lived:
        // only the holder's timeline can tell. What is not genuine names nobody and is refused the same way each time.
        return check.IsGenuine
            ? await DecideAsync(scan, check, current.SealingKeys.Open(check.KeyId, check.CodeId))
            : await finish.RefuseAsync(scan, (ScanReason)check.Refusal, Now());
    }

    private async Task<ScanOutcome> DecideAsync(IncomingScan scan, CodeCheck check, SealedHolder sealedHolder)
    {
        for (var started = time.GetTimestamp(); time.GetElapsedTime(started) < Patience;)
        {
            var stored = await store.LoadAsync(sealedHolder.Holder);
            var timeline = TimelineCodec.Decode(stored.Content);
            if (timeline.Find(scan.Id) is ScanEvent known)
            {
                return known.Content == scan.Content
                    ? await finish.CompleteAsync(sealedHolder.Holder, known, timeline)
                    : new ScanOutcome.Conflicting();
            }

            var now = Now();
            var occurredAt = After(timeline, now);
            var verdict = check.IsAccepted
                ? rules.Decide(timeline, scan.Gate, check.CodeId, sealedHolder.Vehicle, occurredAt)
                : new ScanVerdict((ScanReason)check.Refusal, null);
            var place = PlaceFor(scan.Gate, verdict);
            var garage = place is null || scan.Gate.Facility.Tariff is null ? Garage.Empty : await LoadGarageAsync(scan.Id, sealedHolder.Holder);
            var reservation = await store.ReserveAsync(scan.Gate.Facility.Id, new(scan.Id, sealedHolder.Holder, scan.Content, now), place);
            switch (reservation.Status)
            {
                case ReservationStatus.Answered:
                    return await finish.RepeatAsync(reservation);
                case ReservationStatus.OtherContent:
                    return new ScanOutcome.Conflicting();
                case ReservationStatus.Forgotten:
                    return new ScanOutcome.Forgotten();
                case ReservationStatus.Full:
                    verdict = new(ScanReason.Full, null);
                    break;
                case ReservationStatus.Reserved:
                    break;
            }

            var terms = place is not null && verdict.Reason.Opens()
                ? EntryTerms.At(scan.Gate.Facility, occurredAt, garage, sealedHolder.Vehicle, reservation.OthersTaken)
                : null;
            var decided = scan.Decide(check.CodeId, sealedHolder.Vehicle, verdict.Reason, now, occurredAt, terms);
            var next = timeline.Add(decided).Trim(now);
            if (time.GetElapsedTime(started) < Patience
                && await store.CommitAsync(sealedHolder.Holder, stored.Version, TimelineCodec.Encode(next)))
            {
                return await finish.CompleteAsync(sealedHolder.Holder, decided, next);
            }
        }

        throw new StoreUnavailableException("The store is too slow to decide a scan safely. Post the scan again.");
    }

    /// <summary>The holder's garage; an empty one if it cannot be read, since a price must not keep a barrier shut.</summary>
    private async Task<Garage> LoadGarageAsync(GateEventId scan, HolderId holder)
    {
        try
        {
            return await holders.LoadGarageAsync(holder);
        }
        catch (InvalidDataException e)
        {
            GarageUnreadable(logger, e, scan);
            return Garage.Empty;
        }
    }

    private Instant Now() => Instant.FromDateTimeOffset(time.GetUtcNow()).ToMilliseconds();

    /// <summary>
    /// When the scan happened: now, but after everything the timeline holds, so that what was decided in sequence is folded in
    /// sequence, even where two instances' clocks differ or one was set back.
    /// </summary>
    private static Instant After(Timeline timeline, Instant now)
    {
        var newest = timeline.Events.Select(e => e.OccurredAt).DefaultIfEmpty(Instant.MinValue).Max();
        return newest < now ? now : newest + Duration.FromMilliseconds(1);
    }

    private static PlaceRequest? PlaceFor(Gate gate, ScanVerdict verdict) =>
        gate.Direction == GateDirection.Entry && verdict.Reason.Opens()
            ? new PlaceRequest(
                gate.Facility.EnforcesCapacity ? gate.Facility.Capacity : null,
                verdict.Ends is { } ended && ended.Facility == gate.Facility.Id ? ended.Id : null)
            : null;

    [LoggerMessage(3003, LogLevel.Error, "{Scan}: the holder's vehicles cannot be read, so the stay is priced as a car's without entitlements", EventName = "GarageUnreadable")]
    private static partial void GarageUnreadable(ILogger logger, Exception exception, GateEventId scan);
}

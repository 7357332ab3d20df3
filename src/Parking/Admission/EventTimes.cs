using NodaTime;
using Parking.Codes;
using Parking.Events;
using Parking.GateProtocol;
using Parking.Timelines;

namespace Parking.Admission;

/// <summary>
/// Decides when an event is taken to have happened: by the gate's clock, as far as that can be believed. Precision: milliseconds.
/// </summary>
public static class EventTimes
{
    /// <summary>How long a request travels at most. So a scan that waits for its answer was made at most this long ago.</summary>
    public static readonly Duration LongestTravel = Duration.FromMinutes(2);

    /// <summary>How far a synchronised gate clock may be ahead of a scan that waits for its answer.</summary>
    private static readonly Duration LiveLead = Duration.FromSeconds(5);

    /// <summary>For a scan that is decided now: the gate's time, or <paramref name="now"/> if the gate's time is not plausible.</summary>
    public static Instant OfLive(Instant reported, Instant now) =>
        reported >= now - LongestTravel && reported <= now + LiveLead ? reported : now;

    /// <summary>
    /// For an event that is over: the gate's time, if it lies within what is proven, give or take the clock skew. Otherwise the time by the
    /// gate's steady clock. Without one, the time is proven only as far as the bounds lie close together; if they do not, the event keeps
    /// both.
    /// </summary>
    public static EventTime OfLate(TimeProof proof)
    {
        var steady = proof.SteadyAt is { } at && (proof.IssuedAt is not { } issued || at >= issued - proof.Skew) ? at : (Instant?)null;
        var latest = Instant.Min(steady ?? proof.ReceivedAt, proof.ReceivedAt);
        var earliest = Later(proof.IssuedAt, steady - LongestTravel);
        if (proof.Reported <= latest + proof.Skew && (earliest is not { } bound || proof.Reported >= bound - proof.Skew))
        {
            return new(proof.Reported);
        }

        if (steady is not null || earliest is not { } first)
        {
            return new(latest);
        }

        return latest - first <= LongestTravel ? new(latest) : new(first, latest);
    }

    /// <summary>For an event that concerns no code of ours. Without a code there is no lower bound, so a time never stays open.</summary>
    public static Instant OfOther(ReportedEvent reported, Instant receivedAt, Instant? steadyAt)
    {
        var at = reported.DeviceTime.ToMilliseconds() + Duration.FromMilliseconds(reported.ClockOffset);
        return reported is ReportedScan { Local: null }
            ? OfLive(at, receivedAt).ToMilliseconds()
            : OfLate(new(at, receivedAt.ToMilliseconds(), steadyAt, null, CodeLifetime.Default.ClockSkew)).At;
    }

    /// <summary>
    /// Moves a scan that is decided now behind every passage and inventory of its timeline. So what was decided in sequence is folded in
    /// sequence, even if the clocks of two gates differ. An equal instant is kept if the fold takes the scan last anyway: out and in again
    /// within one minute.
    /// </summary>
    /// <param name="timeline">The timeline without the scan.</param>
    /// <param name="scan">The scan, as if it had been decided to open.</param>
    public static ScanEvent PlaceBehind(Timeline timeline, ScanEvent scan)
    {
        var newest = timeline.Events
            .Where(e => e is InventoryEvent || (e is ScanEvent known && timeline.Passages.Passed(known)))
            .Select(e => e.OccurredAt).DefaultIfEmpty(Instant.MinValue).Max();
        if (newest < scan.OccurredAt)
        {
            return scan;
        }

        var behind = scan with { ClockOffset = newest + Duration.FromMilliseconds(1) - scan.DeviceTime };
        return newest == scan.OccurredAt && OutcomesWith(timeline, scan).SequenceEqual(OutcomesWith(timeline, behind)) ? scan : behind;
    }

    private static Instant? Later(Instant? one, Instant? other) =>
        one is { } first && other is { } second ? Instant.Max(first, second) : one ?? other;

    private static IEnumerable<(GateEventId Stay, GateEventId? EndedBy, StayEnding Ending)> OutcomesWith(
        Timeline timeline, ScanEvent scan) =>
        timeline.Add(scan).Stays.Select(stay => (stay.Id, stay.EndedBy, stay.Ending));
}

/// <summary>What is known about the time of an event that is over.</summary>
/// <param name="Reported">The gate's time: its clock with its offset.</param>
/// <param name="ReceivedAt">When the service first received the event: it happened before.</param>
/// <param name="SteadyAt">
/// When it happened according to the gate's steady clock, which counts back from the arrival of the request. It is late by the time that
/// the request travelled. Null if the steady clock began again since, or there is none.
/// </param>
/// <param name="IssuedAt">When the code that was shown was issued: it was shown afterwards. Null if there is no code.</param>
/// <param name="Skew">How far clocks may differ without being wrong.</param>
public readonly record struct TimeProof(
    Instant Reported, Instant ReceivedAt, Instant? SteadyAt, Instant? IssuedAt, Duration Skew);

/// <summary>When an event happened.</summary>
/// <param name="At">The time; the earliest one, if it is not proven.</param>
/// <param name="LatestAt">The latest time, if the time is not proven; otherwise null.</param>
public readonly record struct EventTime(Instant At, Instant? LatestAt = null);

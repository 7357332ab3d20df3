using NodaTime;
using Parking.Events;
using Parking.Timelines;

namespace Parking.Admission;

/// <summary>
/// Decides when an event is taken to have happened: by the gate's clock, as far as that can be believed. Precision: milliseconds.
/// </summary>
public static class EventTimes
{
    /// <summary>A scan that waits for its answer was made at most this long ago.</summary>
    private static readonly Duration LiveAge = Duration.FromMinutes(2);

    /// <summary>How far a synchronised gate clock may be ahead.</summary>
    private static readonly Duration LiveLead = Duration.FromSeconds(5);

    /// <summary>For a scan that is decided now: the gate's time, or <paramref name="now"/> if the gate's time is not plausible.</summary>
    public static Instant OfLive(Instant reported, Instant now) => reported >= now - LiveAge && reported <= now + LiveLead ? reported : now;

    /// <summary>
    /// For an event that is over: the gate's time, but not later than <paramref name="now"/>, since nothing is reported before it happens.
    /// </summary>
    public static Instant OfLate(Instant reported, Instant now) => Instant.Min(reported, now);

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

    private static IEnumerable<(GateEventId Stay, GateEventId? EndedBy, StayEnding Ending)> OutcomesWith(
        Timeline timeline, ScanEvent scan) =>
        timeline.Add(scan).Stays.Select(stay => (stay.Id, stay.EndedBy, stay.Ending));
}

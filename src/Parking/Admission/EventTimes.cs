using NodaTime;
using Parking.Events;
using Parking.Timelines;

namespace Parking.Admission;

/// <summary>When an event is taken to have happened: by the gate's clock as far as that can be believed. To the millisecond.</summary>
public static class EventTimes
{
    /// <summary>A scan that waits for its answer was made this long ago at most.</summary>
    private static readonly Duration LiveAge = Duration.FromMinutes(2);

    /// <summary>How far a clock that is kept in step may be ahead.</summary>
    private static readonly Duration LiveLead = Duration.FromSeconds(5);

    /// <summary>Of a scan that is decided now: the gate's time, or this moment where the gate's is out of reason.</summary>
    public static Instant OfLive(Instant reported, Instant now) => reported >= now - LiveAge && reported <= now + LiveLead ? reported : now;

    /// <summary>Of an event that is over: the gate's time, but not later than this moment, since nothing is reported before it happens.</summary>
    public static Instant OfLate(Instant reported, Instant now) => Instant.Min(reported, now);

    /// <summary>
    /// Puts a scan that is decided now behind every passage and inventory that its timeline holds, so that what was decided in sequence is folded in sequence, even where two gates' clocks
    /// differ. The same instant is left where the fold takes the scan last all the same: out and in again in one minute.
    /// </summary>
    /// <param name="timeline">Without the scan.</param>
    /// <param name="scan">The scan, as if it had been decided to open.</param>
    public static ScanEvent PlaceBehind(Timeline timeline, ScanEvent scan)
    {
        var newest = timeline.Events.Where(e => e is InventoryEvent || (e is ScanEvent known && timeline.Passages.Passed(known)))
            .Select(e => e.OccurredAt).DefaultIfEmpty(Instant.MinValue).Max();
        if (newest < scan.OccurredAt)
        {
            return scan;
        }

        var behind = scan with { ClockOffset = newest + Duration.FromMilliseconds(1) - scan.DeviceTime };
        return newest == scan.OccurredAt && OutcomesWith(timeline, scan).SequenceEqual(OutcomesWith(timeline, behind)) ? scan : behind;
    }

    private static IEnumerable<(GateEventId Stay, GateEventId? EndedBy, StayEnding Ending)> OutcomesWith(Timeline timeline, ScanEvent scan) =>
        timeline.Add(scan).Stays.Select(stay => (stay.Id, stay.EndedBy, stay.Ending));
}

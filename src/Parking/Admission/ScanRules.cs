using NodaTime;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Timelines;

namespace Parking.Admission;

/// <summary>Decides scans. Pure: the same timeline, scan and place give the same reason.</summary>
/// <param name="AntiPassback">How soon after an entry the same vehicle's next entry is refused. Later, it shows that an exit was missed.</param>
public sealed record ScanRules(Duration AntiPassback)
{
    /// <summary>What the scan finds at <see cref="GateEvent.OccurredAt"/>, in the order of design: code used, then the holder's standing.</summary>
    /// <param name="timeline">Without the scan.</param>
    /// <param name="scan">The scan, as if it had been decided to open.</param>
    /// <param name="missedEntry">What the facility does with vehicles that nobody saw enter.</param>
    /// <returns>The reason.</returns>
    public ScanReason Decide(Timeline timeline, ScanEvent scan, MissedEntryPolicy missedEntry)
    {
        if (timeline.HasUsed(scan.Code))
        {
            return ScanReason.CodeUsed;
        }

        return scan.Direction == GateDirection.Entry
            ? DecideEntry(timeline.Stays.FirstOrDefault(stay => stay.IsOpen && stay.Vehicle == scan.Vehicle), scan.OccurredAt)
            : DecideExit(timeline.Add(scan).Stays.First(stay => stay.EndedBy == scan.Id), missedEntry);
    }

    private ScanReason DecideEntry(Stay? parked, Instant occurredAt) => parked switch
    {
        null => ScanReason.Entered,
        _ when occurredAt - parked.EnteredAt!.Value < AntiPassback => ScanReason.AlreadyParked,
        _ => ScanReason.EnteredAfterMissedExit,
    };

    /// <remarks>An exit ends some stay, always: at the least one that nobody saw begin. The fold says which, so that the answer and the books are one.</remarks>
    private static ScanReason DecideExit(Stay ended, MissedEntryPolicy policy) => (ended.Ending, policy) switch
    {
        (StayEnding.Exited, _) => ScanReason.Exited,
        (_, MissedEntryPolicy.Assist) => ScanReason.CallAttendant,
        _ => ScanReason.MissedEntry,
    };
}

using NodaTime;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Timelines;

namespace Parking.Admission;

/// <summary>Decides scans. Pure: the same timeline, scan and policy give the same reason.</summary>
/// <param name="AntiPassback">
/// How long after an entry the next entry of the same vehicle is refused, exclusive. A later entry shows that an exit was missed.
/// </param>
public sealed record ScanRules(Duration AntiPassback)
{
    /// <summary>
    /// Decides a scan as of its <see cref="GateEvent.OccurredAt"/>. Checks in this order: the code is used; the holder was erased, so that
    /// nobody would ever pay for the stay; then the holder's stays.
    /// </summary>
    /// <param name="timeline">The timeline without the scan.</param>
    /// <param name="scan">The scan, as if it had been decided to open.</param>
    /// <param name="missedEntry">What the facility does with a vehicle that nobody saw enter.</param>
    /// <returns>The reason.</returns>
    public ScanReason Decide(Timeline timeline, ScanEvent scan, MissedEntryPolicy missedEntry)
    {
        if (timeline.HasUsed(scan.Code))
        {
            return ScanReason.CodeUsed;
        }

        if (timeline.ErasedAt is not null && scan.Direction == GateDirection.Entry)
        {
            return ScanReason.Expired;
        }

        return scan.Direction == GateDirection.Entry
            ? DecideEntry(timeline.Stays.FirstOrDefault(stay => stay.IsOpen && stay.Vehicle == scan.Vehicle), scan.OccurredAt)
            : DecideExit(timeline.Add(scan).Stays.First(stay => stay.EndedBy == scan.Id), missedEntry);
    }

    private ScanReason DecideEntry(Stay? parked, Instant occurredAt) => parked switch
    {
        null => ScanReason.Entered,
        _ when occurredAt - (parked.EarliestEntry ?? parked.EnteredAt!.Value) < AntiPassback => ScanReason.AlreadyParked,
        _ => ScanReason.EnteredAfterMissedExit,
    };

    /// <remarks>
    /// An exit always ends a stay, at least one whose entry nobody saw. The fold says which one, so that the answer and the books agree.
    /// </remarks>
    private static ScanReason DecideExit(Stay ended, MissedEntryPolicy policy) => (ended.Ending, policy) switch
    {
        (StayEnding.Exited, _) => ScanReason.Exited,
        (_, MissedEntryPolicy.Assist) => ScanReason.CallAttendant,
        _ => ScanReason.MissedEntry,
    };
}

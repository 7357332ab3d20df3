using NodaTime;
using Parking.Api.Facilities;
using Parking.Codes;
using Parking.GateProtocol;

namespace Parking.Api.Stays;

/// <summary>Decides scans. Pure: the same timeline, scan and place give the same reason.</summary>
/// <param name="AntiPassback">How soon after an entry the same vehicle's next entry is refused. Later, it shows that an exit was missed.</param>
internal sealed record ScanRules(Duration AntiPassback)
{
    /// <summary>What the scan finds at <paramref name="occurredAt"/>, in the order of design: code used, then the holder's standing.</summary>
    /// <returns>The reason, and the open stay that the scan ends if it opens the barrier.</returns>
    public ScanVerdict Decide(Timeline timeline, Gate gate, CodeId code, VehicleSlot vehicle, Instant occurredAt)
    {
        if (timeline.HasUsed(code))
        {
            return new(ScanReason.CodeUsed, null);
        }

        var open = timeline.Stays.Where(stay => stay.IsOpen);
        return gate.Direction == GateDirection.Entry
            ? DecideEntry(open.FirstOrDefault(stay => stay.Vehicle == vehicle), occurredAt)
            : DecideExit(TimelineFold.FindClosedBy(open, gate.Facility.Id, vehicle), gate.Facility.MissedEntry);
    }

    private ScanVerdict DecideEntry(Stay? parked, Instant occurredAt) => parked switch
    {
        null => new(ScanReason.Entered, null),
        _ when occurredAt - parked.EnteredAt!.Value < AntiPassback => new(ScanReason.AlreadyParked, null),
        _ => new(ScanReason.EnteredAfterMissedExit, parked),
    };

    private static ScanVerdict DecideExit(Stay? parked, MissedEntryPolicy policy) => (parked, policy) switch
    {
        (not null, _) => new(ScanReason.Exited, parked),
        (null, MissedEntryPolicy.Assist) => new(ScanReason.CallAttendant, null),
        _ => new(ScanReason.MissedEntry, null),
    };
}

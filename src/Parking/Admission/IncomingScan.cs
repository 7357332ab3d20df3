using NodaTime;
using Parking.Codes;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;

namespace Parking.Admission;

/// <summary>A scan as it came in, before it is decided or recorded.</summary>
/// <param name="Gate">Whose it is.</param>
/// <param name="Id">Its identity.</param>
/// <param name="Content">The fingerprint of what was sent.</param>
/// <param name="DeviceTime">What the gate's clock said, to the millisecond.</param>
/// <param name="ClockOffset">What the gate said was to be added to it.</param>
public sealed record IncomingScan(Gate Gate, GateEventId Id, Fingerprint Content, Instant DeviceTime, Duration ClockOffset)
{
    /// <summary>When it happened, by the gate.</summary>
    public Instant ReportedAt => DeviceTime + ClockOffset;

    public static IncomingScan Of(Gate gate, JournalId journal, ReportedScan scan, string code)
    {
        var deviceTime = scan.DeviceTime.ToMilliseconds();
        return new(
            gate, new(gate.Id, journal, scan.Seq), Fingerprint.OfScan(deviceTime, scan.ClockOffset, code),
            deviceTime, Duration.FromMilliseconds(scan.ClockOffset));
    }

    /// <summary>The fact that this was decided. The clock offset is the one that gives <paramref name="occurredAt"/>, and is frozen with it.</summary>
    public ScanEvent Decide(CodeId code, VehicleSlot vehicle, ScanReason reason, Instant decidedAt, Instant occurredAt, EntryTerms? terms = null) => new()
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

using NodaTime;
using Parking.Api.Facilities;
using Parking.Api.Stays;
using Parking.Codes;
using Parking.GateProtocol;

namespace Parking.Api.Gates;

/// <summary>A scan as it came in, before it is decided.</summary>
internal sealed record IncomingScan(Gate Gate, GateEventId Id, Fingerprint Content, Instant DeviceTime)
{
    /// <summary>The fact that this was decided. The gate's clock offset is frozen as it shows itself now.</summary>
    public ScanEvent Decide(CodeId code, VehicleSlot vehicle, ScanReason reason, Instant decidedAt, Instant occurredAt, EntryTerms? terms) => new()
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
        Content = Content,
    };
}

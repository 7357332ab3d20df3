namespace Parking.Api.Facilities;

/// <summary>One lane with a reader and a barrier.</summary>
internal sealed record Gate(GateId Id, GateDirection Direction, Facility Facility);

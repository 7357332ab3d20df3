namespace Parking.Facilities;

/// <summary>One lane with a reader and a barrier.</summary>
public sealed record Gate(GateId Id, GateDirection Direction, Facility Facility);

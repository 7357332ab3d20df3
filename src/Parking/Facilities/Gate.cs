using Parking.GateProtocol;

namespace Parking.Facilities;

/// <summary>One lane with a reader and a barrier.</summary>
public sealed record Gate(GateId Id, GateDirection Direction, Facility Facility);

/// <summary>A gate's id in the city file: 1 to 32 of <c>a-z 0-9 -</c>. <c>default</c> names nothing.</summary>
public readonly record struct GateId(string Value)
{
    public override string ToString() => Value;
}

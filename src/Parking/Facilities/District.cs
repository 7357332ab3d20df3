using System.Collections.Immutable;
using Parking.Tariffs;

namespace Parking.Facilities;

/// <summary>A part of the city that facilities are grouped by.</summary>
public sealed record District(DistrictId Id, LocalizedText Name)
{
    /// <summary>The corners of its area on the city's map, 3 to 64; empty if the city file has none.</summary>
    public ImmutableArray<MapPoint> Outline { get; init; } = [];
}

/// <summary>A district's id in the city file: 1 to 32 of <c>a-z 0-9 -</c>. <c>default</c> names nothing.</summary>
public readonly record struct DistrictId(string Value)
{
    public override string ToString() => Value;
}

namespace Parking.Facilities;

/// <summary>A facility's name in the city file: 1 to 32 of <c>a-z 0-9 -</c>. <c>default</c> names nothing.</summary>
public readonly record struct FacilityId(string Value)
{
    public override string ToString() => Value;
}

namespace Parking.Facilities;

/// <summary>Which way a gate's lane leads. The numbers are stored: they may only ever be added to.</summary>
public enum GateDirection
{
    Entry = 1,
    Exit = 2,
}

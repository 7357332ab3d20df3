namespace Parking.Facilities;

/// <summary>Which way a gate's lane leads. The numbers are stored: numbers may be added, but never changed.</summary>
public enum GateDirection
{
    Entry = 1,
    Exit = 2,
}

namespace Parking.GateProgram;

/// <summary>Which way a gate's lane leads.</summary>
public enum GateDirection
{
    Entry,
    Exit,
}

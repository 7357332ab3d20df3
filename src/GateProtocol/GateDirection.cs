namespace Parking.GateProtocol;

/// <summary>Which way a gate's lane leads. The numbers are stored: numbers may be added, but never changed.</summary>
public enum GateDirection
{
    /// <summary>Into the facility.</summary>
    Entry = 1,

    /// <summary>Out of it.</summary>
    Exit = 2,
}

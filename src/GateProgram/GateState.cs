namespace Parking.GateProgram;

/// <summary>What a gate is doing.</summary>
public enum GateState
{
    /// <summary>Shut; nobody has shown a code.</summary>
    Waiting,

    /// <summary>Shut; a scan is on its way to the service.</summary>
    Asking,

    /// <summary>Open until the vehicle has passed or gone back.</summary>
    Open,

    /// <summary>Shut; the driver sees why.</summary>
    Refused,
}

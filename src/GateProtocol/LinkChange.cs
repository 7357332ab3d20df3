namespace Parking.GateProtocol;

/// <summary>A change of the gate's connection to the service. The numbers are stored: add new ones, never change existing ones.</summary>
public enum LinkChange
{
    /// <summary>The service did not answer in time. The gate decides alone from now on.</summary>
    WentOffline = 1,

    /// <summary>The service answers again.</summary>
    CameBack = 2,
}

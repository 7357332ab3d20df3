namespace Parking.GateProtocol;

/// <summary>What became of a gate's way to the service. The numbers are stored: they may only ever be added to.</summary>
public enum LinkChange
{
    /// <summary>The service did not answer in time; the gate decides alone from here on.</summary>
    WentOffline = 1,

    /// <summary>The service answers again.</summary>
    CameBack = 2,
}

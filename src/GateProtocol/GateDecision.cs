namespace Parking.GateProtocol;

/// <summary>What a barrier is told to do. The numbers are stored: they may only ever be added to.</summary>
public enum GateDecision
{
    /// <summary>Stay shut.</summary>
    Refuse = 0,

    /// <summary>Open for one vehicle.</summary>
    Open = 1,
}

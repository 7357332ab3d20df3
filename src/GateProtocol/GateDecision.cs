namespace Parking.GateProtocol;

/// <summary>The instruction to a barrier. The numbers are stored: add new ones, never change existing ones.</summary>
public enum GateDecision
{
    /// <summary>Stay shut.</summary>
    Refuse = 0,

    /// <summary>Open for one vehicle.</summary>
    Open = 1,
}

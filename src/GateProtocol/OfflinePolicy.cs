namespace Parking.GateProtocol;

/// <summary>What a gate does with valid codes while it cannot reach the service.</summary>
public enum OfflinePolicy
{
    /// <summary>It opens for them, up to a limit per hour.</summary>
    Open = 1,

    /// <summary>It stays shut.</summary>
    Shut = 2,
}

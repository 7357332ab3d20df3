namespace Parking.GateProtocol;

/// <summary>The rules by which a gate decides alone.</summary>
public sealed record OfflineRules
{
    /// <summary>What the gate does with valid codes.</summary>
    public required OfflinePolicy Policy { get; init; }

    /// <summary>The largest number of openings within any 60 minutes that the gate decides alone; 0 to 100,000.</summary>
    public required int OpeningsPerHour { get; init; }
}

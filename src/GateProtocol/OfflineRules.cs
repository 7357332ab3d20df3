namespace Parking.GateProtocol;

/// <summary>How a gate decides alone.</summary>
public sealed record OfflineRules
{
    /// <summary>What it does with valid codes.</summary>
    public required OfflinePolicy Policy { get; init; }

    /// <summary>The most openings within any 60 minutes that the gate decided alone; 0 to 100 000.</summary>
    public required int OpeningsPerHour { get; init; }
}

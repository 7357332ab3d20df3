namespace Parking.Occupancy;

/// <summary>What is known about a facility's occupancy beside the number.</summary>
/// <param name="Confidence">How far to trust it; the rest says why.</param>
/// <param name="SilentGates">Gates that say nothing. One that was never heard counts only where another was: a facility whose gates send no heartbeats is not in doubt for that.</param>
/// <param name="Unsent">Events that gates said they still have.</param>
/// <param name="Unexplained">Passages since the last count that no stay accounts for.</param>
/// <param name="Correction">What to add to get what the last count would make of it; null if nobody ever counted.</param>
public sealed record OccupancyTrust(OccupancyConfidence Confidence, int SilentGates, long Unsent, int Unexplained, int? Correction)
{
    public static readonly OccupancyTrust None = new(OccupancyConfidence.Unknown, 0, 0, 0, null);

    /// <summary>How many vehicles to show for so many open stays.</summary>
    public int Shown(int occupied) => Math.Max(0, occupied + (Correction ?? 0));
}

namespace Parking.Tariffs.Rates;

/// <summary>How the exact price is rounded.</summary>
/// <param name="Unit">The rounding unit in minor units: 1 to 10,000. 50 rounds to half a yuan.</param>
/// <param name="Mode">The direction.</param>
public sealed record Rounding(int Unit, RoundingMode Mode);

namespace Parking.Tariffs.Rates;

/// <summary>How the exact price becomes the price that is paid.</summary>
/// <param name="Unit">The smallest step, in minor units: 1 to 10 000. 50 rounds to half a yuan.</param>
/// <param name="Mode">Which of the two neighbours is taken.</param>
public sealed record Rounding(int Unit, RoundingMode Mode);

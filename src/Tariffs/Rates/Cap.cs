namespace Parking.Tariffs.Rates;

/// <summary>The largest sum of charges in one window (rule 15).</summary>
/// <param name="Per">The windows.</param>
/// <param name="Value">Minor units; a multiple of the rounding unit.</param>
public sealed record Cap(CapPer Per, long Value);

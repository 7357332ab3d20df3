namespace Parking.Tariffs.Rates;

/// <summary>How a rate line charges.</summary>
public enum RateLineKind
{
    /// <summary>One step over the whole line. APDS: <c>flatRateTier</c>.</summary>
    Tier,

    /// <summary>Started steps of equal length. APDS: <c>incrementingRate</c>.</summary>
    Increments,

    /// <summary>Exact to the second: <c>incrementingRate</c> with <c>proRata</c>.</summary>
    ProRata,
}

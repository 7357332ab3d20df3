namespace Parking.Tariffs.Rates;

/// <summary>How the exact price is rounded.</summary>
/// <param name="Unit">The rounding unit in minor units: 1 to 10,000. 50 rounds to half a yuan.</param>
/// <param name="Mode">The direction.</param>
public sealed record Rounding(int Unit, RoundingMode Mode);

/// <summary>To which neighbouring multiple of the unit an exact price is rounded. Prices are never negative.</summary>
public enum RoundingMode
{
    /// <summary>The higher one.</summary>
    Up,

    /// <summary>The lower one.</summary>
    Down,

    /// <summary>The nearer one; the higher one if both are equally near.</summary>
    HalfUp,

    /// <summary>The nearer one; the even multiple if both are equally near.</summary>
    HalfEven,
}

/// <summary>A price level that the occupancy at entry selects for the whole stay (rule 14).</summary>
/// <param name="OccupancyFrom">The lowest percentage of the capacity, inclusive: 0 to 100.</param>
/// <param name="Percent">The factor of every charge in percent: 0 to 1000.</param>
public sealed record OccupancyFactor(int OccupancyFrom, int Percent);

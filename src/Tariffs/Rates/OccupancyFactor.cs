namespace Parking.Tariffs.Rates;

/// <summary>A price level that the occupancy at entry selects for the whole stay (rule 14).</summary>
/// <param name="OccupancyFrom">The lowest percentage of the capacity, inclusive: 0 to 100.</param>
/// <param name="Percent">The factor of every charge in percent: 0 to 1000.</param>
public sealed record OccupancyFactor(int OccupancyFrom, int Percent);

namespace Parking.Tariffs.Rates;

/// <summary>A price level chosen by how full the car park was at entry, and kept for the stay (rule 14).</summary>
/// <param name="OccupancyFrom">From this percentage of the capacity on, inclusive: 0 to 100.</param>
/// <param name="Percent">What every charge is multiplied by: 0 to 1000, where 100 changes nothing.</param>
public sealed record OccupancyFactor(int OccupancyFrom, int Percent);

using NodaTime;

namespace Parking.Simulation.Traces.Generating;

/// <summary>Arrivals on some days of the week.</summary>
/// <param name="Days">On which.</param>
/// <param name="Hours">Vehicles an hour, for each of the 24 hours of the local day.</param>
public sealed record ArrivalDay(IReadOnlyList<IsoDayOfWeek> Days, IReadOnlyList<double> Hours);

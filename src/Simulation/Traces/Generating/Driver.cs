using Parking.Simulation.Phones;

namespace Parking.Simulation.Traces.Generating;

/// <summary>Somebody who parks.</summary>
/// <param name="Number">Counted from 1.</param>
/// <param name="Name">The pseudonym.</param>
/// <param name="Vehicle">What the driver's codes name; null: nothing.</param>
internal sealed record Driver(int Number, string Name, Vehicle? Vehicle);

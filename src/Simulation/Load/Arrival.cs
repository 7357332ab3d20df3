using Parking.GateProgram;

namespace Parking.Simulation.Load;

/// <summary>A driver comes to a gate.</summary>
/// <param name="At">When the code is to be shown, from the beginning.</param>
/// <param name="Driver">Who, from 0.</param>
/// <param name="Gate">Where: the gate's place in the city, from 0.</param>
/// <param name="Direction">Which way that gate leads.</param>
internal readonly record struct Arrival(TimeSpan At, int Driver, int Gate, GateDirection Direction);

namespace Parking.Simulation.Traces.Importing;

/// <summary>Which way a vehicle went, as a column says it.</summary>
/// <param name="Column">Its name.</param>
/// <param name="Entry">Its texts for an entry.</param>
/// <param name="Exit">Its texts for an exit.</param>
public sealed record DirectionColumn(string Column, IReadOnlyList<string> Entry, IReadOnlyList<string> Exit);

using NodaTime;

namespace Parking.Simulation.Traces.Importing;

/// <summary>What a row says.</summary>
/// <param name="File">Which of the files, from 0.</param>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Facility">Which of the facilities, from 0.</param>
/// <param name="Driver">Which of the drivers, from 0.</param>
/// <param name="Entered">Null where the row has no arrival.</param>
/// <param name="Exited">Null where the row has no departure. One of the two is there.</param>
public readonly record struct ImportedRow(int File, int Line, int Facility, int Driver, Instant? Entered, Instant? Exited);

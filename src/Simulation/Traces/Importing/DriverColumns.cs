namespace Parking.Simulation.Traces.Importing;

/// <summary>Who parked, as columns say it.</summary>
/// <param name="Columns">Rows with the same texts in all of them are the same driver's.</param>
/// <param name="AsIs">
/// Whether the text itself becomes the pseudonym. Only for what names no person, such as a bay; otherwise drivers are numbered in the order in which they first
/// appear.
/// </param>
public sealed record DriverColumns(IReadOnlyList<string> Columns, bool AsIs = false);

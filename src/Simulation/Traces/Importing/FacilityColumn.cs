using Parking.Simulation.Cities;

namespace Parking.Simulation.Traces.Importing;

/// <summary>Where it was, as a column says it.</summary>
/// <param name="Column">Its name.</param>
/// <param name="Id">What the facilities' ids begin with.</param>
/// <param name="Name">Their names, in which <c>{}</c> stands for the column's text.</param>
public sealed record FacilityColumn(string Column, string Id, BilingualName Name);

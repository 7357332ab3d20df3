namespace Parking.Simulation.Phones;

/// <summary>As much of a stay as the simulator compares.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Facility">Where.</param>
/// <param name="Plate">Which vehicle; null where the code named none.</param>
/// <param name="Ending">How it ended, or <c>open</c>.</param>
/// <param name="Quote">What it costs; null where parking has no price, or nobody saw one end of the stay.</param>
internal sealed record PhoneStay(string Id, string Facility, string? Plate, string Ending, StayQuote? Quote);

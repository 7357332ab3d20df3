namespace Parking.ScannerSim.Phones;

/// <summary>As much of a stay as the simulator compares.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Facility">Where.</param>
/// <param name="Plate">Which vehicle; null where the code named none.</param>
/// <param name="Ending">How it ended, or <c>open</c>.</param>
internal sealed record PhoneStay(string Id, string Facility, string? Plate, string Ending);

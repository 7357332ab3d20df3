namespace Parking.Api.Hosting;

/// <summary>Marks an endpoint whose calls stay open for long. The time of a simulation may move meanwhile.</summary>
internal sealed class StaysOpen;

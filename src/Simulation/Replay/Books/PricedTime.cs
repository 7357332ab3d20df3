using NodaTime;
using Parking.Simulation.Phones;

namespace Parking.Simulation.Replay.Books;

/// <summary>A stay to be priced, as a line of a call for quotes.</summary>
internal sealed record PricedTime(Instant EnteredAt, Instant ExitedAt, VehicleClass VehicleClass);

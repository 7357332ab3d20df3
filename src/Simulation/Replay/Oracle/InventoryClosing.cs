using NodaTime;

namespace Parking.Simulation.Replay.Oracle;

/// <summary>An inventory ends what a driver has open at a facility.</summary>
/// <param name="Line">The inventory's, in the trace.</param>
/// <param name="At">When somebody looked.</param>
/// <param name="Facility">Where.</param>
/// <param name="EnteredAt">Which stay; null: all that are open there.</param>
internal sealed record InventoryClosing(long Line, Instant At, string Facility, Instant? EnteredAt);

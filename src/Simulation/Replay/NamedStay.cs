using NodaTime;

namespace Parking.Simulation.Replay;

/// <summary>A stay that an inventory names.</summary>
/// <param name="Driver">Whose.</param>
/// <param name="EnteredAt">The entry's time; null: whatever the driver has open at that facility then.</param>
internal sealed record NamedStay(string Driver, Instant? EnteredAt = null);

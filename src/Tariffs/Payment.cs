using NodaTime;

namespace Parking.Tariffs;

/// <summary>A payment during a stay.</summary>
/// <param name="PaidAt">The time.</param>
/// <param name="Amount">Minor units, at least 1.</param>
public sealed record Payment(Instant PaidAt, long Amount);

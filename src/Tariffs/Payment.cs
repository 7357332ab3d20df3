using NodaTime;

namespace Parking.Tariffs;

/// <summary>Something paid during a stay.</summary>
/// <param name="PaidAt">When.</param>
/// <param name="Amount">Minor units, at least 1.</param>
public sealed record Payment(Instant PaidAt, long Amount);

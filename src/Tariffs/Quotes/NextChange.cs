using NodaTime;

namespace Parking.Tariffs.Quotes;

/// <summary>The next change of the price if the driver stays.</summary>
/// <param name="LeaveBy">The last instant, to the second, at which the price is still the current one.</param>
/// <param name="Total">The price one second later, in minor units.</param>
public sealed record NextChange(Instant LeaveBy, long Total);

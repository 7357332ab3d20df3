using NodaTime;

namespace Parking.Tariffs.Quotes;

/// <summary>When a price changes next if the driver stays.</summary>
/// <param name="LeaveBy">The last instant, to the second, at which leaving still costs what it costs now.</param>
/// <param name="Total">What leaving one second later costs, in minor units.</param>
public sealed record NextChange(Instant LeaveBy, long Total);

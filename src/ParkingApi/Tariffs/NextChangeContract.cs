using NodaTime;

namespace Parking.Api.Tariffs;

/// <summary>When a price changes next if the driver stays.</summary>
/// <param name="LeaveBy">The last instant, to the second, at which leaving still costs what it costs now.</param>
/// <param name="Total">What leaving one second later costs, in minor units.</param>
internal sealed record NextChangeContract(Instant LeaveBy, long Total);

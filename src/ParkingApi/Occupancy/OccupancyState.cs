using NodaTime;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Occupancy;

namespace Parking.Api.Occupancy;

/// <summary>What is known of a facility's occupancy.</summary>
/// <param name="Facility">Which facility.</param>
/// <param name="Sequence">Counts the states of this facility that this instance has announced: 0, 1, 2 … without a gap. A client that sees a gap missed one.</param>
/// <param name="Look">The number of the look that it was seen in.</param>
/// <param name="Occupied">Open stays; null while the store is out of reach: unknown, rather than a stale number passed off as true.</param>
/// <param name="State">Whether it takes vehicles in, as far as is known.</param>
/// <param name="Trust">How far to trust the number.</param>
/// <param name="AsOf">When that was read.</param>
internal sealed record OccupancyState(Facility Facility, long Sequence, long Look, int? Occupied, FacilityState State, OccupancyTrust Trust, Instant AsOf)
{
    /// <summary>Whether there is news in this for somebody who has seen <paramref name="other"/>.</summary>
    public bool IsLike(OccupancyState other) => Occupied == other.Occupied && State == other.State && Trust == other.Trust;
}

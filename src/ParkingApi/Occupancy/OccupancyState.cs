using NodaTime;
using Parking.Api.Facilities;

namespace Parking.Api.Occupancy;

/// <summary>What is known of a facility's occupancy.</summary>
/// <param name="Facility">Which facility.</param>
/// <param name="Sequence">Counts the states of this facility that this instance has announced: 0, 1, 2 … without a gap. A client that sees a gap missed one.</param>
/// <param name="Occupied">Open stays; null while the store is out of reach: unknown, rather than a stale number passed off as true.</param>
/// <param name="AsOf">When that was read.</param>
internal sealed record OccupancyState(Facility Facility, long Sequence, int? Occupied, Instant AsOf);

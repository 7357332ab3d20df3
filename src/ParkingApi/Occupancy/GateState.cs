using Parking.Occupancy;

namespace Parking.Api.Occupancy;

/// <summary>What is known of a gate.</summary>
/// <param name="View">As it was last seen.</param>
/// <param name="Sequence">Counts the states of this gate that this instance has announced, as <see cref="OccupancyState.Sequence"/> does.</param>
internal sealed record GateState(GateView View, long Sequence);

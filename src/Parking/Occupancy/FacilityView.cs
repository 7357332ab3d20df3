using Parking.Facilities;
using Parking.GateProtocol;

namespace Parking.Occupancy;

/// <summary>A facility and its gates as they were seen at one moment.</summary>
/// <param name="Look">The number of the look: of two views, the one with the higher number was read later.</param>
/// <param name="Facility">Which facility.</param>
/// <param name="Occupied">Open stays.</param>
/// <param name="State">Whether it takes vehicles in.</param>
/// <param name="Trust">How far to trust the number.</param>
/// <param name="Gates">Its gates, in the order of the city file.</param>
public sealed record FacilityView(
    long Look, Facility Facility, int Occupied, FacilityState State, OccupancyTrust Trust, IReadOnlyList<GateView> Gates);

/// <summary>All facilities of the city as they were seen in one look.</summary>
/// <param name="Look">The number of the look.</param>
/// <param name="Facilities">In the order of the city file; null if the store was out of reach.</param>
public sealed record CityView(long Look, IReadOnlyList<FacilityView>? Facilities);

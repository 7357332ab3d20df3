using Parking.Api.Facilities;
using Parking.GateProtocol;

namespace Parking.Api.Occupancy;

/// <summary>A facility and its gates as they were seen at one moment.</summary>
internal sealed record FacilityView(Facility Facility, int Occupied, FacilityState State, OccupancyTrust Trust, IReadOnlyList<GateView> Gates);

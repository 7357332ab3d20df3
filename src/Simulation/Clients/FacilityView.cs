using Parking.Simulation.Cities;

namespace Parking.Simulation.Clients;

/// <summary>A facility as <c>GET /v1/facilities</c> tells it to anybody.</summary>
internal sealed record FacilityView(string Id, BilingualName Name, int Capacity, FacilityView.OccupancyView? Occupancy)
{
    /// <summary>How full it is; left out while the service cannot know.</summary>
    internal sealed record OccupancyView(int Occupied, int Free);
}

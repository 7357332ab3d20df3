using Parking.GateProtocol;

namespace Parking.Simulation.Clients;

/// <summary>What anybody may ask the service: its facilities.</summary>
/// <param name="http">Has the service's address.</param>
/// <param name="time">Waits where the service asks for it.</param>
internal sealed class PublicBoard(HttpClient http, TimeProvider time)
{
    private readonly PatientSender _sender = new(http, time);

    /// <summary>Every facility with its occupancy.</summary>
    /// <exception cref="ServiceRefusedException">The service did not tell.</exception>
    public async Task<IReadOnlyList<FacilityView>> GetFacilitiesAsync(CancellationToken cancellationToken)
    {
        var list = await _sender.SendAsync<FacilityList>(
            "The list of facilities", () => new HttpRequestMessage(HttpMethod.Get, "/v1/facilities"), cancellationToken);
        return list.Facilities;
    }

    private sealed record FacilityList(IReadOnlyList<FacilityView> Facilities);
}

/// <summary>A facility as <c>GET /v1/facilities</c> tells it to anybody.</summary>
internal sealed record FacilityView(string Id, BilingualText Name, int Capacity, FacilityView.OccupancyView? Occupancy)
{
    /// <summary>How full it is; left out while the service cannot know.</summary>
    internal sealed record OccupancyView(int Occupied, int Free);
}

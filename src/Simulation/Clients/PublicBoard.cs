using Parking.GateProtocol;

namespace Parking.Simulation.Clients;

/// <summary>The service's public information: its facilities. No token is needed.</summary>
/// <param name="http">Has the service's address.</param>
/// <param name="time">Waits when the service asks for it.</param>
internal sealed class PublicBoard(HttpClient http, TimeProvider time)
{
    private readonly PatientSender _sender = new(http, time);

    /// <summary>All facilities with their occupancy.</summary>
    /// <exception cref="ServiceRefusedException">The service did not answer.</exception>
    public async Task<IReadOnlyList<FacilityView>> GetFacilitiesAsync(CancellationToken cancellationToken)
    {
        var list = await _sender.SendAsync<FacilityList>(
            "The list of facilities", () => new HttpRequestMessage(HttpMethod.Get, "/v1/facilities"), cancellationToken);
        return list.Facilities;
    }

    private sealed record FacilityList(IReadOnlyList<FacilityView> Facilities);
}

/// <summary>A facility as the public route <c>GET /v1/facilities</c> returns it.</summary>
internal sealed record FacilityView(string Id, BilingualText Name, int Capacity, FacilityView.OccupancyView? Occupancy)
{
    /// <summary>The occupancy; missing while the service does not know it.</summary>
    internal sealed record OccupancyView(int Occupied, int Free);
}

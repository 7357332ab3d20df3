using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Parking.Api.Hosting.Identity;
using Parking.Contracts;
using Parking.Facilities;

namespace Parking.Api.Occupancy;

/// <summary>The hub on which operators watch occupancy live. Clients can only subscribe to a scope and unsubscribe.</summary>
[Authorize(Policies.Operator)]
internal sealed class OccupancyHub(OccupancyPump pump, OccupancyScreens screens, CityDirectory city) : Hub<IOccupancyClient>, IOccupancyHub
{
    public const string Path = "/hubs/occupancy";

    public override Task OnConnectedAsync()
    {
        screens.Add(Context);
        return base.OnConnectedAsync();
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        screens.Remove(Context.ConnectionId);
        return base.OnDisconnectedAsync(exception);
    }

    /// <inheritdoc/>
    /// <exception cref="HubException">There is no such scope.</exception>
    public Task Subscribe(string scope) =>
        pump.SubscribeAsync(Context.ConnectionId, Find(scope), Clients.Caller, Context.ConnectionAborted);

    /// <inheritdoc/>
    /// <exception cref="HubException">There is no such scope.</exception>
    public Task Unsubscribe(string scope) => Groups.RemoveFromGroupAsync(Context.ConnectionId, Find(scope).Name, Context.ConnectionAborted);

    private OccupancyScope Find(string? name) => OccupancyScope.TryParse(name, city, out var scope)
        ? scope
        : throw new HubException(
            "There is no such scope. Subscribe to 'city', 'districts', 'district:<id>' or 'facility:<id>' with an id from the city file.");
}

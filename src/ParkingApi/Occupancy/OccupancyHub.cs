using Microsoft.AspNetCore.SignalR;
using Parking.Api.Hosting.Identity;
using Parking.Contracts;
using Parking.Facilities;
using Parking.Rights;

namespace Parking.Api.Occupancy;

/// <summary>The hub on which operators watch occupancy live. Clients can only subscribe to a scope and unsubscribe.</summary>
internal sealed class OccupancyHub(OccupancyPump pump, OccupancyScreens screens, CityDirectory city, DutyReader duties)
    : Hub<IOccupancyClient>, IOccupancyHub
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
    /// <exception cref="HubException">The caller may not watch there, or there is no such scope.</exception>
    public Task Subscribe(string scope)
    {
        // What is no scope of a duty is the city's matter: only those who may watch all of it learn what else there is.
        var needed = new Duty(DutyKind.Watch, Scope.TryParse(scope, out var named) ? named : Scope.City);
        return duties.Of(Context.User!).Allows(needed.Kind, needed.Scope)
            ? pump.SubscribeAsync(Context.ConnectionId, Find(scope), Clients.Caller, Context.ConnectionAborted)
            : throw new HubException($"This needs the duty {needed}.");
    }

    /// <inheritdoc/>
    /// <exception cref="HubException">There is no such scope.</exception>
    public Task Unsubscribe(string scope) => Groups.RemoveFromGroupAsync(Context.ConnectionId, Find(scope).Name, Context.ConnectionAborted);

    private OccupancyScope Find(string? name) => OccupancyScope.TryParse(name, city, out var scope)
        ? scope
        : throw new HubException(
            "There is no such scope. Subscribe to 'city', 'districts', 'district:<id>' or 'facility:<id>' with an id from the city file.");
}

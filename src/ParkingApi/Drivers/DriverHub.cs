using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Parking.Accounts;
using Parking.Api.Hosting.Identity;
using Parking.Codes;
using Parking.Contracts;
using Parking.Ports;

namespace Parking.Api.Drivers;

/// <summary>
/// The hub on which a driver hears what happens at gates with their codes. Clients can call nothing: a connection belongs to its citizen's
/// holder from the beginning to the end.
/// </summary>
[Authorize(Policies.Citizen)]
internal sealed class DriverHub(HolderRegistry holders, ServiceSecrets secrets) : Hub<IDriverClient>
{
    public const string Path = "/hubs/driver";

    /// <summary>The group of a holder's connections.</summary>
    public static string GroupOf(HolderId holder) => string.Create(CultureInfo.InvariantCulture, $"holder:{holder.Value}");

    public override async Task OnConnectedAsync()
    {
        var citizen = Citizen.Of(Context.User!, secrets) ?? throw new UnreachableException("The hub requires a citizen.");
        try
        {
            // Nothing is written: a driver without a holder gets the same one with their first code.
            var holder = await holders.HolderOfAsync(citizen.Key);
            await Groups.AddToGroupAsync(Context.ConnectionId, GroupOf(holder), Context.ConnectionAborted);
        }
        catch (StoreUnavailableException)
        {
            // Clients connect again until the store is back. The health check reports the store.
            Context.Abort();
            return;
        }

        await Clients.Caller.Ready();
    }
}

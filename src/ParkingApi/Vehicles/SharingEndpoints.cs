using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Parking.Accounts;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.Limits;
using Parking.Api.Hosting.OpenApi;
using Parking.Api.Hosting.Problems;
using Parking.Codes;
using Parking.Contracts;
using Parking.Devices;

namespace Parking.Api.Vehicles;

/// <summary>The endpoints with which citizens share vehicles.</summary>
/// <remarks>No address has a plate or an invitation in it: addresses reach logs.</remarks>
internal static class SharingEndpoints
{
    private const string Invitation = "7f0e2d4c6b8a39185766f4e3d2c1b0a9", Share = "0c5b1f9e7a3d48268e4f6a1b2c3d4e5f";

    private static readonly Instant At = Instant.FromUtc(2026, 5, 4, 8, 30, 15);

    private static readonly Contracts.SharedVehicle Example =
        new() { Share = Share, Plate = "沪A12345", Class = VehicleClass.Car, Since = At };

    public static void MapSharing(this IEndpointRouteBuilder routes)
    {
        var people = routes.MapGroup("/v1/me").WithTags("People")
            .RequireAuthorization(Policies.Citizen)
            .Meets(HttpProblems.Unauthenticated, HttpProblems.StoreUnavailable);

        people.MapPost("/vehicles/invitations", InviteAsync)
            .WithName("InviteToMyVehicle").WithSummary("Invites somebody to share a vehicle of the calling citizen")
            .WithDescription(
                "The invitation is for one person, for 24 hours. It is shown once, and kept only as a hash. Whoever accepts it gets codes "
                + "for the vehicle, and sees its open stay. Stays are the owner's, at the owner's price, and the owner is charged. A "
                + "vehicle has at most 4 shares, counting pending invitations.")
            .RequireRateLimiting(RateLimits.Minting)
            .WithRequestExample(new InviteRequest { Plate = "沪A12345" })
            .WithResponseExample(new InviteAnswer { Invitation = Invitation, Share = Share, ExpiresAt = At + Duration.FromHours(24) })
            .Meets(
                HttpProblems.InvalidRequest, VehicleProblems.VehicleNotFound, VehicleProblems.TooManyShares,
                HttpProblems.TooManyRequests);
        people.MapDelete("/vehicles/shares/{share}", WithdrawAsync)
            .WithName("WithdrawShare").WithSummary("Ends a share of a vehicle of the calling citizen, or withdraws its invitation")
            .WithDescription(
                "Answers the list of vehicles as it is now. If there is no such share, nothing changes. A code that was minted before "
                + "works for the rest of its minute.")
            .WithResponseExample(VehicleEndpoints.Example);

        people.MapGet("/shared-vehicles", ListAsync)
            .WithName("GetSharedVehicles").WithSummary("The vehicles that others share with the calling citizen")
            .WithResponseExample(new SharedVehicleListAnswer { Vehicles = [Example] });
        people.MapPost("/shared-vehicles", AcceptAsync)
            .WithName("AcceptInvitation").WithSummary("Accepts an invitation to share a vehicle")
            .WithDescription(
                "If the plate is on the citizen's own list, it is taken off. Whoever accepted an invitation may accept it again: nothing "
                + "changes.")
            .RequireRateLimiting(RateLimits.Minting)
            .WithRequestExample(new AcceptRequest { Invitation = Invitation }).WithResponseExample(Example)
            .Meets(
                HttpProblems.InvalidRequest, VehicleProblems.InvitationNotFound, VehicleProblems.OwnInvitation,
                VehicleProblems.OwnVehicleIsParked, VehicleProblems.TooManySharedVehicles, HttpProblems.TooManyRequests);
        people.MapDelete("/shared-vehicles/{share}", LeaveAsync)
            .WithName("LeaveShare").WithSummary("Ends a share that the calling citizen has of somebody else's vehicle")
            .WithDescription("Answers the list of shared vehicles as it is now. If there is no such share, nothing changes.")
            .WithResponseExample(new SharedVehicleListAnswer { Vehicles = [] });
    }

    private static async Task<Results<Ok<InviteAnswer>, ProblemHttpResult>> InviteAsync(
        InviteRequest request, Citizen citizen, HttpContext http, HolderRegistry holders, VehicleSharing sharing)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (!Plate.TryParse(request.Plate, out var plate))
        {
            return VehicleProblems.VehicleNotFound.ToResult();
        }

        return await sharing.InviteAsync(await holders.HolderOfAsync(citizen.Key), plate) switch
        {
            { Outcome: InviteOutcome.Invited, Kept: { } kept } result => TypedResults.Ok(
                new InviteAnswer { Invitation = result.Invitation.ToString(), Share = kept.Id.ToString(), ExpiresAt = kept.ExpiresAt }),
            { Outcome: InviteOutcome.TooMany } => VehicleProblems.TooManyShares.ToResult(),
            _ => VehicleProblems.VehicleNotFound.ToResult(),
        };
    }

    private static async Task<Ok<VehicleListAnswer>> WithdrawAsync(
        string share, Citizen citizen, HolderRegistry holders, VehicleSharing sharing, DeviceRegistry devices, IClock clock)
    {
        var holder = await holders.HolderOfAsync(citizen.Key);
        var account = ShareId.TryParse(share, out var id)
            ? await sharing.WithdrawAsync(holder, id)
            : await holders.LoadAccountAsync(holder);
        await devices.EndGuestsAsync(holder);
        return TypedResults.Ok(account.ToContract(clock.GetCurrentInstant()));
    }

    private static async Task<Ok<SharedVehicleListAnswer>> ListAsync(Citizen citizen, HolderRegistry holders, VehicleSharing sharing) =>
        TypedResults.Ok((await sharing.ListAsync(await holders.HolderOfAsync(citizen.Key))).ToContract());

    private static async Task<Results<Ok<Contracts.SharedVehicle>, ProblemHttpResult>> AcceptAsync(
        AcceptRequest request, Citizen citizen, HolderRegistry holders, VehicleSharing sharing, DeviceRegistry devices)
    {
        if (!CodeId.TryParse(request.Invitation, out var invitation))
        {
            return VehicleProblems.InvitationNotFound.ToResult();
        }

        var member = await holders.FindOrAddAsync(citizen.Key);
        var result = await sharing.AcceptAsync(member, invitation);

        // The plate may have been taken off the member's own list, and with it its shares.
        await devices.EndGuestsAsync(member);
        return result.Outcome switch
        {
            AcceptOutcome.Accepted => TypedResults.Ok(result.Car!.ToContract()),
            AcceptOutcome.OwnVehicle => VehicleProblems.OwnInvitation.ToResult(),
            AcceptOutcome.OwnVehicleIsParked => VehicleProblems.OwnVehicleIsParked.ToResult(),
            AcceptOutcome.TooMany => VehicleProblems.TooManySharedVehicles.ToResult(),
            _ => VehicleProblems.InvitationNotFound.ToResult(),
        };
    }

    private static async Task<Ok<SharedVehicleListAnswer>> LeaveAsync(
        string share, Citizen citizen, HolderRegistry holders, VehicleSharing sharing, DeviceRegistry devices)
    {
        var holder = await holders.HolderOfAsync(citizen.Key);
        if (ShareId.TryParse(share, out var id))
        {
            await sharing.LeaveAsync(holder, id);
            await devices.EndGuestsAsync(await devices.OwnersOfAsync(holder));
        }

        return TypedResults.Ok((await sharing.ListAsync(holder)).ToContract());
    }
}

using NodaTime;
using Parking.Codes;

namespace Parking.Accounts;

/// <summary>How sharing a vehicle changes the accounts of its owner and of its members.</summary>
public sealed partial class VehicleAccount
{
    /// <summary>With how many people a vehicle can be shared, counting those who have not accepted their invitation yet.</summary>
    public const int MaxShares = 4;

    /// <summary>How many vehicles of others a holder can share.</summary>
    public const int MaxShared = 8;

    /// <summary>The owner's account with one more invitation to share a listed vehicle.</summary>
    /// <returns>Null if the vehicle has <see cref="MaxShares"/> already.</returns>
    public VehicleAccount? Invite(VehicleSlot slot, ShareInvitation invitation, Instant now)
    {
        var vehicle = FindListed(slot)!;
        var pending = vehicle.Invitations.Where(other => other.ExpiresAt > now).ToList();
        return pending.Count + vehicle.Members.Count < MaxShares
            ? With(vehicle with { Invitations = [.. pending, invitation] })
            : null;
    }

    /// <summary>
    /// The owner's account with a member in place of an invitation. Somebody who is a member already stays what they are, so that accepting
    /// can be repeated.
    /// </summary>
    /// <returns>Null if there is no such invitation to the vehicle, unless this member has accepted it before.</returns>
    public VehicleAccount? Admit(VehicleSlot slot, ShareId share, HolderId member, Instant now)
    {
        if (FindInvited(slot, share, member, now) is not { } vehicle)
        {
            return null;
        }

        if (vehicle.Members.All(known => known.Holder != member))
        {
            vehicle = vehicle with { Members = [.. vehicle.Members, new(share, member, now)] };
        }
        else if (vehicle.Invitations.All(invitation => invitation.Id != share))
        {
            return this;
        }

        return With(vehicle with { Invitations = [.. vehicle.Invitations.Where(invitation => invitation.Id != share)] });
    }

    /// <summary>
    /// The vehicle that an invitation is for; null if there is no such invitation, unless this member has accepted it before.
    /// </summary>
    public Vehicle? FindInvited(VehicleSlot slot, ShareId share, HolderId member, Instant now) =>
        FindListed(slot) is { } vehicle
            && (vehicle.Invitations.Any(invitation => invitation.Id == share && invitation.ExpiresAt > now)
                || vehicle.Members.Any(known => known.Share == share && known.Holder == member))
            ? vehicle
            : null;

    /// <summary>A listed vehicle and the share that this member has of it; null if there is none.</summary>
    public (Vehicle Vehicle, ShareMember Member)? FindShare(VehicleSlot slot, HolderId member) =>
        FindListed(slot) is { } vehicle && vehicle.Members.FirstOrDefault(known => known.Holder == member) is { } found
            ? (vehicle, found)
            : null;

    /// <summary>With whom the vehicle in a slot is shared; nobody if it is not listed.</summary>
    public IReadOnlyList<ShareMember> MembersOf(VehicleSlot slot) => FindListed(slot)?.Members ?? [];

    /// <summary>The owner's account without an invitation or a member; the same account if it has neither.</summary>
    /// <param name="share">What is to end.</param>
    /// <param name="member">Whose share it must be; null: anybody's.</param>
    public VehicleAccount WithoutShare(ShareId share, HolderId? member = null)
    {
        var vehicle = Listed.FirstOrDefault(vehicle =>
            (member is null && vehicle.Invitations.Any(invitation => invitation.Id == share))
            || vehicle.Members.Any(known => known.Share == share && (member is null || known.Holder == member)));
        return vehicle is null
            ? this
            : With(vehicle with
            {
                Invitations = [.. vehicle.Invitations.Where(invitation => invitation.Id != share)],
                Members = [.. vehicle.Members.Where(known => known.Share != share)],
            });
    }

    /// <summary>
    /// The member's account with a shared vehicle, whose plate is taken off the member's own list. An earlier share of the same vehicle
    /// stays: only the owner's account tells which of them stands.
    /// </summary>
    /// <returns>Null if the member shares <see cref="MaxShared"/> other vehicles already.</returns>
    public VehicleAccount? WithShared(SharedVehicle shared, Plate plate, Instant now)
    {
        if (!Shared.Contains(shared) && Shared.Count(other => other.Owner != shared.Owner || other.Slot != shared.Slot) >= MaxShared)
        {
            return null;
        }

        var kept = Listed.Where(vehicle => vehicle.Plate != plate).Select(vehicle => (vehicle.Plate!.Value, vehicle.Class)).ToList();
        return Shared.Contains(shared) && Find(plate) is null
            ? this
            : new(Replace(kept, now)!.All, Entitlements, Shared.Where(other => other != shared).Append(shared));
    }

    /// <summary>The member's account without some shared vehicles; the same account if it has none of them.</summary>
    public VehicleAccount WithoutShared(IReadOnlyCollection<ShareId> shares) => Shared.Any(shared => shares.Contains(shared.Share))
        ? new(_vehicles, Entitlements, Shared.Where(shared => !shares.Contains(shared.Share)))
        : this;

    private Vehicle? FindListed(VehicleSlot slot) => Listed.FirstOrDefault(vehicle => vehicle.Slot == slot);

    private VehicleAccount With(Vehicle changed) =>
        new(_vehicles.Select(vehicle => vehicle.Slot == changed.Slot ? changed : vehicle), Entitlements, Shared);
}

using NodaTime;
using Parking.Codes;
using Parking.Ports;
using Parking.Tariffs;
using Parking.Timelines;

namespace Parking.Accounts;

/// <summary>
/// Lets other holders use a vehicle as its owner does: codes for it name the owner and the slot, so there is one timeline.
/// </summary>
/// <remarks>
/// The owner's account says who shares what. A member's account only has pointers to it, and the two lie in different slots of the store.
/// So whoever accepts, leaves or withdraws changes the owner's account first and the member's afterwards. Each step is atomic. After a
/// crash between them, accepting and leaving can be repeated. A pointer whose share is gone counts for nothing, and is removed when the
/// member accepts the next invitation. Reading never writes.
/// </remarks>
public sealed class VehicleSharing(HolderRegistry holders, ITimelineStore timelines, Invitations invitations, IClock clock)
{
    /// <summary>How long an invitation can be accepted.</summary>
    public static readonly Duration InvitationLifetime = Duration.FromHours(24);

    /// <summary>
    /// For how long a share counts that cannot be looked up, because the store is away. Whoever parked the car within this time has a code
    /// that names it; whoever was withdrawn longer ago has none.
    /// </summary>
    public static readonly Duration Memory = Duration.FromHours(24);

    /// <summary>Invites somebody to share a vehicle.</summary>
    /// <param name="owner">Whose vehicle it is.</param>
    /// <param name="plate">Its plate.</param>
    public async Task<InviteResult> InviteAsync(HolderId owner, Plate plate)
    {
        var result = new InviteResult(InviteOutcome.NoSuchVehicle);
        await holders.ChangeAsync(owner, (account, now) =>
        {
            if (account.Find(plate) is not { } vehicle)
            {
                result = new(InviteOutcome.NoSuchVehicle);
                return null;
            }

            var invitation = invitations.Create(owner, vehicle.Slot);
            var kept = new ShareInvitation(Invitations.IdOf(invitation), now + InvitationLifetime);
            var changed = account.Invite(vehicle.Slot, kept, now);
            result = changed is null ? new(InviteOutcome.TooMany) : new(InviteOutcome.Invited, invitation, kept);
            return changed;
        });
        return result;
    }

    /// <summary>Ends a share of one of the owner's vehicles, or withdraws its invitation. Nothing happens if there is none.</summary>
    /// <returns>The owner's account afterwards.</returns>
    public async Task<VehicleAccount> WithdrawAsync(HolderId owner, ShareId share)
    {
        ShareMember? member = null;
        var after = await holders.ChangeAsync(owner, (account, _) =>
        {
            member = account.Listed.SelectMany(vehicle => vehicle.Members).FirstOrDefault(known => known.Share == share);
            return account.WithoutShare(share);
        });
        if (member is not null)
        {
            await holders.TryChangeAsync(member.Holder, account => account.WithoutShared([member.Share]));
        }

        return after!;
    }

    /// <summary>Accepts an invitation. Whoever has accepted it can do so again, and nothing changes.</summary>
    public async Task<AcceptResult> AcceptAsync(HolderId member, CodeId invitation)
    {
        var (owner, slot) = invitations.OwnerOf(invitation);
        if (owner == member)
        {
            return new(AcceptOutcome.OwnVehicle);
        }

        var share = Invitations.IdOf(invitation);
        var offered = (await holders.LoadAccountAsync(owner)).FindInvited(slot, share, member, clock.GetCurrentInstant());
        if (offered is null)
        {
            return new(AcceptOutcome.NoSuchInvitation);
        }

        var pointers = await FollowAsync(member, await holders.LoadAccountAsync(member));
        var gone = pointers.Where(one => one.IsGone).Select(one => one.Pointer.Share).ToList();
        if (pointers.Count(one => !one.IsGone && (one.Pointer.Owner != owner || one.Pointer.Slot != slot)) >= VehicleAccount.MaxShared)
        {
            return new(AcceptOutcome.TooMany);
        }

        if (await IsParkedAsync(member, offered.Plate!.Value))
        {
            return new(AcceptOutcome.OwnVehicleIsParked);
        }

        var account = await holders.ChangeAsync(owner, (account, now) => account.Admit(slot, share, member, now));
        if (account?.FindShare(slot, member) is not { } found)
        {
            return new(AcceptOutcome.NoSuchInvitation);
        }

        var pointer = new SharedVehicle(owner, slot, found.Member.Share);
        var own = await holders.ChangeAsync(
            member, (stored, now) => stored.WithoutShared(gone).WithShared(pointer, found.Vehicle.Plate!.Value, now));
        if (own is null or { IsErased: true })
        {
            // The member accepted others at the same time, or was erased: nothing of them stays with the owner.
            await holders.ChangeAsync(owner, (changed, _) => changed.WithoutShare(pointer.Share, member));
            return new(own is null ? AcceptOutcome.TooMany : AcceptOutcome.NoSuchInvitation);
        }

        return new(AcceptOutcome.Accepted, new(pointer, account, found.Vehicle, found.Member));
    }

    /// <summary>
    /// Ends a share that the member has. Nothing happens if there is none. If the owner's account is damaged, only the member's pointer
    /// goes.
    /// </summary>
    public async Task LeaveAsync(HolderId member, ShareId share)
    {
        if ((await holders.LoadAccountAsync(member)).Shared.FirstOrDefault(shared => shared.Share == share) is { } pointer)
        {
            await holders.TryChangeAsync(pointer.Owner, account => account.WithoutShare(share, member));
            await holders.ChangeAsync(member, (account, _) => account.WithoutShared([share]));
        }
    }

    /// <summary>
    /// Lists exactly these vehicles, unless somebody shares one of them with the holder: one plate cannot stand for two vehicles. Nor does
    /// it list anything if a correction cannot be made: it would take another vehicle off the list.
    /// </summary>
    /// <inheritdoc cref="VehicleAccount.Replace" path="/param"/>
    public async Task<ReplaceResult> ReplaceVehiclesAsync(
        HolderId holder,
        IReadOnlyCollection<(Plate Plate, VehicleClass Class)> listed,
        IReadOnlyDictionary<Plate, Plate> corrections)
    {
        // Whoever accepts an invitation meanwhile makes it look again, which happens at most as often as somebody accepts or leaves.
        while (true)
        {
            var seen = await holders.LoadAccountAsync(holder);
            var shared = (await ListAsync(holder, seen)).Where(car => listed.Any(own => own.Plate == car.Vehicle.Plate)).ToList();
            if (shared.Count > 0)
            {
                return new(Account: null) { Shared = shared };
            }

            var isOutdated = false;
            IReadOnlyList<Plate> wrong = [];
            var account = await holders.ChangeAsync(holder, (stored, now) =>
            {
                isOutdated = !stored.Shared.SequenceEqual(seen.Shared);
                wrong = stored.CannotCorrect(corrections);
                return isOutdated || wrong.Count > 0 ? null : stored.Replace(listed, now, corrections);
            });
            if (!isOutdated)
            {
                return new(account) { NotCorrected = wrong };
            }
        }
    }

    /// <summary>The vehicles that others share with the member, in the order in which they were accepted.</summary>
    public async Task<IReadOnlyList<SharedCar>> ListAsync(HolderId member) =>
        await ListAsync(member, await holders.LoadAccountAsync(member));

    /// <param name="member">Whose list it is.</param>
    /// <param name="account">The member's account as it was loaded.</param>
    /// <inheritdoc cref="ListAsync(HolderId)" path="/summary"/>
    public async Task<IReadOnlyList<SharedCar>> ListAsync(HolderId member, VehicleAccount account) =>
        [.. (await FollowAsync(member, account)).Select(one => one.Car).OfType<SharedCar>()];

    /// <summary>Whose vehicle this holder means by a plate: their own, or one that somebody shares with them.</summary>
    /// <returns>The vehicle; null if there is none.</returns>
    public async Task<UsableVehicle?> FindAsync(HolderId holder, Plate plate)
    {
        var account = await holders.LoadAccountAsync(holder);
        return account.Find(plate) is { } own ? new(new(holder, own.Slot))
            : (await ListAsync(holder, account)).FirstOrDefault(car => car.Vehicle.Plate == plate) is { Link: var link }
                ? new(Of(link), link.Share)
            : null;
    }

    /// <summary>The same as this instance last saw it, for a time without the store.</summary>
    /// <returns>
    /// The vehicle with its owner. No vehicle of this holder, if an account is not remembered that could have it. Null if there is none.
    /// </returns>
    public SealedHolder? Remember(HolderId holder, Plate plate)
    {
        var unknown = new SealedHolder(holder, VehicleSlot.None);
        if (holders.RememberAccount(holder) is not { } account)
        {
            return unknown;
        }

        if (account.Find(plate) is { } own)
        {
            return new(holder, own.Slot);
        }

        var since = clock.GetCurrentInstant() - Memory;
        var owners = account.Shared.Select(link => (Link: link, Account: holders.RememberAccount(link.Owner, since))).ToList();
        return owners.FirstOrDefault(owner => Find(holder, owner.Link, owner.Account)?.Vehicle.Plate == plate) is { Link: { } found }
            ? Of(found)
            : owners.Any(owner => owner.Account is null) ? unknown : null;
    }

    private static SealedHolder Of(SharedVehicle pointer) => new(pointer.Owner, pointer.Slot);

    private static SharedCar? Find(HolderId member, SharedVehicle pointer, VehicleAccount? owner) =>
        owner?.FindShare(pointer.Slot, member) is var (vehicle, share) && share.Share == pointer.Share
            ? new(pointer, owner, vehicle, share)
            : null;

    /// <summary>
    /// What a member's pointers lead to. A pointer is gone if its owner's account has no such share; an account that is damaged does not
    /// tell.
    /// </summary>
    private async Task<IReadOnlyList<(SharedVehicle Pointer, SharedCar? Car, bool IsGone)>> FollowAsync(
        HolderId member, VehicleAccount account)
    {
        var owners = await Task.WhenAll(account.Shared.Select(LoadOwnerAsync));
        return
        [
            .. account.Shared.Zip(owners, (pointer, owner) => (pointer, owner, car: Find(member, pointer, owner)))
                .Select(one => (one.pointer, one.car, one.owner is not null && one.car is null)),
        ];
    }

    /// <summary>The account of a shared vehicle's owner; null if it is damaged, which must not keep the member from their own.</summary>
    private async Task<VehicleAccount?> LoadOwnerAsync(SharedVehicle pointer)
    {
        try
        {
            return await holders.LoadAccountAsync(pointer.Owner);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private async Task<bool> IsParkedAsync(HolderId holder, Plate plate) =>
        (await holders.LoadAccountAsync(holder)).Find(plate) is { } own
        && RecentTimelines.Decode((await timelines.LoadAsync(holder)).Content).Stays.Any(stay => stay.IsOpen && stay.Vehicle == own.Slot);
}

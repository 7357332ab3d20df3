using Parking.Accounts;
using Parking.Codes;

namespace Parking.Api.Tests.Sharing;

/// <summary>How many shares a car and a member can have.</summary>
public abstract partial class SharedCars
{
    [Fact]
    public async Task ACar_HasFourShares_AndAWithdrawnInvitationMakesRoom()
    {
        await ListOwnersCarAsync();
        var invited = await AtOnceAsync(6, _ => Sharing().InviteAsync(Owner, Car));
        Assert.Equal(4, invited.Count(result => result.Outcome == InviteOutcome.Invited));
        Assert.Equal(2, invited.Count(result => result.Outcome == InviteOutcome.TooMany));
        var (first, second) = (
            invited.First(result => result.Kept is not null), invited.Last(result => result.Kept is not null));

        await Sharing().AcceptAsync(Member, first.Invitation);
        Assert.Equal(InviteOutcome.TooMany, (await Sharing().InviteAsync(Owner, Car)).Outcome);
        await Sharing().WithdrawAsync(Owner, second.Kept!.Id);

        Assert.Equal(InviteOutcome.Invited, (await Sharing().InviteAsync(Owner, Car)).Outcome);
        Assert.Equal(AcceptOutcome.NoSuchInvitation, (await Sharing().AcceptAsync(Other, second.Invitation)).Outcome);
    }

    [Fact]
    public async Task AMember_SharesEightCars()
    {
        for (var n = 0; n <= VehicleAccount.MaxShared; n++)
        {
            var owner = new HolderId(0x100 + (ulong)n);
            await ListAsync(owner, $"B{n}");
            var invited = await Sharing().InviteAsync(owner, Plate.Parse($"B{n}"));

            Assert.Equal(
                n < VehicleAccount.MaxShared ? AcceptOutcome.Accepted : AcceptOutcome.TooMany,
                (await Sharing().AcceptAsync(Member, invited.Invitation)).Outcome);
        }
    }

    /// <summary>Whatever is accepted at once: nobody has more shares than eight, and no owner one that the member does not have.</summary>
    [Fact]
    public async Task AMember_WhoAcceptsManyAtOnce_SharesEightCars()
    {
        var owners = Enumerable.Range(0, VehicleAccount.MaxShared + 2).Select(n => new HolderId(0x100 + (ulong)n)).ToList();
        var invitations = new List<CodeId>();
        foreach (var owner in owners)
        {
            await ListAsync(owner, $"B{invitations.Count}");
            invitations.Add((await Sharing().InviteAsync(owner, Plate.Parse($"B{invitations.Count}"))).Invitation);
        }

        var results = await AtOnceAsync(owners.Count, n => Sharing().AcceptAsync(Member, invitations[n]));

        var accepted = owners.Where((_, n) => results[n].Outcome == AcceptOutcome.Accepted).ToList();
        Assert.Equal(VehicleAccount.MaxShared, accepted.Count);
        Assert.Equal(accepted, (await Sharing().ListAsync(Member)).Select(car => car.Link.Owner).OrderBy(owner => owner.Value));
        foreach (var owner in owners.Except(accepted))
        {
            Assert.Empty(Assert.Single((await World.Holders.LoadAccountAsync(owner)).Listed).Members);
        }
    }

    [Fact]
    public async Task SharesThatEndedWithTheOwnersList_DoNotCount_AndGoWhenTheMemberAcceptsAgain()
    {
        for (var n = 0; n <= VehicleAccount.MaxShared; n++)
        {
            var share = await ShareAsync();
            Assert.Equal([share], (await World.Holders.LoadAccountAsync(Member)).Shared.Select(pointer => pointer.Share));
            await ListAsync(Owner);
        }
    }

    /// <summary>The share may have been withdrawn at another instance meanwhile.</summary>
    [Fact]
    public async Task ShareThatCannotBeLookedUp_CountsForADay()
    {
        await ShareAsync();
        var sharing = Sharing();
        var lookedUp = (await sharing.FindAsync(Member, Car))?.Vehicle;

        World.Time.Advance(VehicleSharing.Memory.ToTimeSpan());
        Assert.Equal((Owner, lookedUp), (lookedUp?.Holder, sharing.Remember(Member, Car)));
        World.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(new SealedHolder(Member, VehicleSlot.None), sharing.Remember(Member, Car));
    }
}

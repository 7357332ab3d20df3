using Parking.Accounts;
using Parking.Api.Tests.Gates;
using Parking.Api.Tests.Holders;

namespace Parking.Api.Tests.Sharing;

/// <summary>The service dies between the account of the owner and that of the member.</summary>
public abstract partial class SharedCars
{
    /// <summary>The process dies before or after the write of the owner's account, or that of the member's.</summary>
    [Theory]
    [InlineData(0, false)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(1, true)]
    public async Task CrashWhileAccepting_IsMendedByAcceptingAgain(int write, bool isWritten)
    {
        await ListOwnersCarAsync();
        await ListAsync(Member, "沪A12345", "沪B1");
        var (invitation, share) = await InviteAsync();

        await Assert.ThrowsAsync<CrashException>(() => Sharing(write, isWritten).AcceptAsync(Member, invitation));
        var again = await Sharing().AcceptAsync(Member, invitation);

        Assert.Equal((AcceptOutcome.Accepted, share), (again.Outcome, again.Car?.Member.Share));
        Assert.Equal([(share, Member)], (await OwnersCarAsync()).Members.Select(member => (member.Share, member.Holder)));
        Assert.Empty((await OwnersCarAsync()).Invitations);
        Assert.Equal([share], (await Sharing().ListAsync(Member)).Select(car => car.Link.Share));
        Assert.Equal(
            ["沪B1"], (await World.Holders.LoadAccountAsync(Member)).Listed.Select(vehicle => vehicle.Plate?.Value));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(1, true)]
    public async Task CrashWhileLeaving_IsMendedByLeavingAgain(int write, bool isWritten)
    {
        var share = await ShareAsync();

        await Assert.ThrowsAsync<CrashException>(() => Sharing(write, isWritten).LeaveAsync(Member, share));
        await Sharing().LeaveAsync(Member, share);

        Assert.Empty((await OwnersCarAsync()).Members);
        Assert.Empty((await World.Holders.LoadAccountAsync(Member)).Shared);
    }

    /// <summary>An instance of the service, which dies at a write if one is given: just before it, or just after.</summary>
    private VehicleSharing Sharing(int crashAtWrite = int.MaxValue, bool isWritten = false) =>
        SharingOn(new CrashingAccounts(Subject.Holders, crashAtWrite, isWritten));
}

using Parking.Accounts;
using Parking.Api.Tests.Gates;
using Parking.Codes;
using Parking.Events;
using Parking.GateProtocol;
using Parking.Tariffs;

namespace Parking.Api.Tests.Sharing;

/// <summary>Sharing a car, on every store: who holds which share after races and crashes, and whose stay it is.</summary>
public abstract partial class SharedCars : GateWorldTests
{
    private static readonly HolderId Owner = new(0x0a1), Member = new(0x3e3), Other = new(0x07e);
    private static readonly Plate Car = Plate.Parse("沪A12345");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OneEntersAndTheOtherLeaves_IsOneStayOfTheOwner_AtTheOwnersPrice(bool ownerEnters)
    {
        await ShareAsync();
        await World.Holders.TakeOverAsync(Member, Entitlements.Of("resident"));
        var (first, second) = ownerEnters ? (Owner, Member) : (Member, Owner);

        var tell = new Scene(World);

        await tell.PassAsync("small-in-0", first, await MintAsync(first));
        tell.At(65);
        var left = await tell.PassAsync("small-out-0", second, await MintAsync(second));

        Assert.Equal((ScanReason.Exited, 2500), (left.Reason, left.Answer?.Fee?.Total));
        Assert.Equal(["small 0-65 Exited Settled 2500"], await tell.StaysAsync(Owner));
        var stay = Assert.Single((await World.TimelineAsync(Owner)).Stays);
        Assert.Equal((VehicleClass.Motorcycle, Entitlements.Of("disabled-badge")), (stay.Terms!.VehicleClass, stay.Terms.Entitlements));
        Assert.Empty((await World.TimelineAsync(Member)).Events);
        await World.AssertSpacesAreTheOpenStaysAsync();
    }

    [Fact]
    public async Task TwoEntriesAtOnce_WithCodesOfBoth_OpenOneBarrier()
    {
        await ShareAsync();
        for (var round = 0; round < Depth.Rounds; round++)
        {
            var codes = new[] { await MintAsync(Owner), await MintAsync(Member) };

            var answers = await AtOnceAsync(2, n => World.AnswerAsync($"small-in-{n}", World.Shown($"small-in-{n}", codes[n])));

            Assert.Equal(
                [ScanReason.Entered, ScanReason.AlreadyParked], answers.Select(answer => answer.Reason).OrderBy(reason => (int)reason));
            Assert.Equal(ScanReason.Exited, (await DriveAsync("small-out-0", round % 2 == 0 ? Owner : Member)).Reason);
            World.Time.Advance(TimeSpan.FromMinutes(1));
        }
    }

    [Fact]
    public async Task TwoWhoAcceptAtOnce_GetOneShare()
    {
        await ListOwnersCarAsync();
        for (var round = 0; round < Depth.Rounds; round++)
        {
            var (invitation, share) = await InviteAsync();

            var results = await AtOnceAsync(2, n => Sharing().AcceptAsync(n == 0 ? Member : Other, invitation));

            Assert.Equal(
                [AcceptOutcome.Accepted, AcceptOutcome.NoSuchInvitation], results.Select(result => result.Outcome).Order());
            var winner = results[0].Outcome == AcceptOutcome.Accepted ? Member : Other;
            Assert.Equal([(share, winner)], (await OwnersCarAsync()).Members.Select(member => (member.Share, member.Holder)));
            Assert.Single(await Sharing().ListAsync(winner));
            Assert.Empty(await Sharing().ListAsync(winner == Member ? Other : Member));
            await Sharing().LeaveAsync(winner, share);
        }
    }

    /// <summary>Whatever happens at once: afterwards the members of a car are those who find it among their shared vehicles.</summary>
    [Fact]
    public async Task AnythingAtOnce_LeavesOwnerAndMembersAgreed()
    {
        await ListOwnersCarAsync();
        var people = new[] { Member, Other, new HolderId(0x07f) };
        var random = new Random(20261129);
        for (var round = 0; round < Depth.Rounds; round++)
        {
            await Sharing().InviteAsync(Owner, Car);
            var invited = await AtOnceAsync(2, _ => Sharing().InviteAsync(Owner, Car));
            var shares = (await OwnersCarAsync()).Members.Select(member => (member.Share, member.Holder)).ToList();
            var doings = Enumerable.Range(0, 8).Select(_ => (What: random.Next(4), Who: people[random.Next(3)], Which: random.Next(2)));

            await Task.WhenAll(doings.ToList().Select(doing => Task.Run(() => doing.What switch
            {
                0 when shares.Count > 0 => Sharing().WithdrawAsync(Owner, shares[doing.Which % shares.Count].Share),
                1 when shares.Count > 0 =>
                    Sharing().LeaveAsync(shares[doing.Which % shares.Count].Holder, shares[doing.Which % shares.Count].Share),
                2 => Sharing().ListAsync(doing.Who),
                _ => (Task)Sharing().AcceptAsync(doing.Who, invited[doing.Which].Invitation),
            })));

            var members = (await OwnersCarAsync()).Members;
            Assert.Equal(members.Count, members.Select(member => member.Holder).Distinct().Count());
            foreach (var person in people)
            {
                Assert.Equal(
                    members.Where(member => member.Holder == person).Select(member => member.Share),
                    (await Sharing().ListAsync(person)).Select(car => car.Member.Share));
            }

            foreach (var pending in (await OwnersCarAsync()).Invitations)
            {
                await Sharing().WithdrawAsync(Owner, pending.Id);
            }
        }
    }

    [Fact]
    public async Task AcceptedByTheSameTwice_IsOneShare()
    {
        await ListOwnersCarAsync();
        var (invitation, _) = await InviteAsync();

        var results = await AtOnceAsync(2, _ => Sharing().AcceptAsync(Member, invitation));

        Assert.All(results, result => Assert.Equal(AcceptOutcome.Accepted, result.Outcome));
        Assert.Single((await OwnersCarAsync()).Members);
        Assert.Single((await World.Holders.LoadAccountAsync(Member)).Shared);
    }

    [Fact]
    public async Task AnotherInvitationToTheSameCar_LeavesTheShareAsItIs()
    {
        var share = await ShareAsync();
        var (invitation, _) = await InviteAsync();

        Assert.Equal(AcceptOutcome.Accepted, (await Sharing().AcceptAsync(Member, invitation)).Outcome);

        Assert.Equal(share, Assert.Single((await OwnersCarAsync()).Members).Share);
        Assert.Empty((await OwnersCarAsync()).Invitations);
        Assert.Equal(share, Assert.Single(await Sharing().ListAsync(Member)).Link.Share);
    }

    [Fact]
    public async Task AShareThatTheOwnerWithdraws_IsGoneFromBothAccounts()
    {
        var share = await ShareAsync();

        await Sharing().WithdrawAsync(Owner, share);

        Assert.Empty((await OwnersCarAsync()).Members);
        Assert.Empty((await World.Holders.LoadAccountAsync(Member)).Shared);
    }

    /// <summary>Who only looks writes nothing: a store that can be read and not written still tells the member's stays.</summary>
    [Fact]
    public async Task AShareThatEndedWithTheOwnersList_IsNotFound_AndReadingWritesNothing()
    {
        await ShareAsync();
        await ListAsync(Owner);

        Assert.Null(await Sharing(crashAtWrite: 0).FindAsync(Member, Car));
        Assert.Empty(await Sharing(crashAtWrite: 0).ListAsync(Member));
    }

    [Fact]
    public async Task AListWithoutTheCar_EndsItsShares_AlsoIfItComesBack()
    {
        await ShareAsync();
        var (invitation, _) = await InviteAsync();

        await ListAsync(Owner);
        await ListOwnersCarAsync();

        Assert.Empty(await Sharing().ListAsync(Member));
        Assert.Equal(AcceptOutcome.NoSuchInvitation, (await Sharing().AcceptAsync(Other, invitation)).Outcome);
    }

    [Fact]
    public async Task AnInvitation_ExpiresAfterADay()
    {
        await ListOwnersCarAsync();
        var (late, _) = await InviteAsync();
        World.Time.Advance(TimeSpan.FromHours(1));
        var (inTime, _) = await InviteAsync();
        World.Time.Advance(TimeSpan.FromHours(23));

        Assert.Equal(AcceptOutcome.NoSuchInvitation, (await Sharing().AcceptAsync(Member, late)).Outcome);
        Assert.Equal(AcceptOutcome.Accepted, (await Sharing().AcceptAsync(Member, inTime)).Outcome);
        Assert.Empty((await OwnersCarAsync()).Invitations);
    }

    [Fact]
    public async Task Accepting_WhileTheOwnCarWithThisPlateIsParked_IsRefused_AndTheInvitationStaysGood()
    {
        await ListOwnersCarAsync();
        await ListAsync(Member, "沪A12345");
        await DriveAsync("small-in-0", Member);
        var (invitation, _) = await InviteAsync();

        Assert.Equal(AcceptOutcome.OwnVehicleIsParked, (await Sharing().AcceptAsync(Member, invitation)).Outcome);
        Assert.Equal(ScanReason.Exited, (await DriveAsync("small-out-0", Member)).Reason);

        Assert.Equal(AcceptOutcome.Accepted, (await Sharing().AcceptAsync(Member, invitation)).Outcome);
    }

    [Fact]
    public async Task AnInvitation_IsNotForItsOwner()
    {
        await ListOwnersCarAsync();

        Assert.Equal(AcceptOutcome.OwnVehicle, (await Sharing().AcceptAsync(Owner, (await InviteAsync()).Invitation)).Outcome);
    }

    [Fact]
    public async Task WithdrawnWhileInside_ACodeOfBeforeEndsTheStay_AndOneOfAfterwardsLetsOut()
    {
        var share = await ShareAsync();
        await DriveAsync("small-in-0", Member);
        var before = await MintAsync(Member);
        await Sharing().WithdrawAsync(Owner, share);

        var bare = await World.AnswerAsync("small-out-1", World.Shown("small-out-1", World.Mint(Member)));
        var left = await World.AnswerAsync("small-out-0", World.Shown("small-out-0", before));

        Assert.Equal((GateDecision.Open, ScanReason.MissedEntry), (bare.Decision, bare.Reason));
        Assert.Equal((GateDecision.Open, ScanReason.Exited), (left.Decision, left.Reason));
    }

    private async Task ListOwnersCarAsync()
    {
        await World.Holders.ReplaceVehiclesAsync(
            Owner, [(Plate.Parse("沪A00001"), VehicleClass.Car), (Car, VehicleClass.Motorcycle)]);
        await World.Holders.TakeOverAsync(Owner, Entitlements.Of("disabled-badge"));
    }

    private async Task<ShareId> ShareAsync()
    {
        await ListOwnersCarAsync();
        var (invitation, share) = await InviteAsync();
        Assert.Equal(AcceptOutcome.Accepted, (await Sharing().AcceptAsync(Member, invitation)).Outcome);
        return share;
    }

    private async Task<(CodeId Invitation, ShareId Share)> InviteAsync()
    {
        var result = await Sharing().InviteAsync(Owner, Car);
        return (result.Invitation, result.Kept!.Id);
    }

    private async Task<Vehicle> OwnersCarAsync() => (await World.Holders.LoadAccountAsync(Owner)).Find(Car)!;

    private Task<VehicleAccount?> ListAsync(HolderId holder, params string[] plates) =>
        World.Holders.ReplaceVehiclesAsync(holder, [.. plates.Select(plate => (Plate.Parse(plate), VehicleClass.Car))]);

    /// <summary>A code for the car, as the service mints it.</summary>
    private async Task<string> MintAsync(HolderId holder)
    {
        var named = (await Sharing().FindAsync(holder, Car))!.Vehicle;
        return World.Mint(named.Holder, named.Vehicle.Value);
    }

    private async Task<ScanAnswer> DriveAsync(string gate, HolderId holder) =>
        await World.AnswerAsync(gate, World.Shown(gate, await MintAsync(holder)));
}

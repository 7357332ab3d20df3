using NodaTime.Extensions;
using Parking.Accounts;
using Parking.Api.Tests.Gates;
using Parking.Codes;
using Parking.Events;
using Parking.GateProtocol;
using Parking.Ports;
using Parking.Tariffs;

namespace Parking.Api.Tests.PersonalData;

/// <summary>Erasing a citizen, on every store: what goes, what stays, and that it ends whatever dies or happens meanwhile.</summary>
public abstract partial class Erasures : GateWorldTests
{
    private const string PlateOfAlice = "A10001", CorrectedPlate = "A10002", RemovedPlate = "A10003", PlateOfBob = "B20001";

    private static readonly CitizenKey Alice = new(new string('a', 64)), Bob = new(new string('b', 64));

    [Fact]
    public async Task Erased_NoPlateIsInTheStore_AndTheClosedStayIsNobodys()
    {
        var before = await AliceAsync();
        await ParkAsync(before);
        var stays = (await World.TimelineAsync(before)).Stays;
        Assert.Contains(PlateOfAlice, await Subject.ReadAllAsync(), StringComparison.Ordinal);

        Assert.Equal(ErasureOutcome.Erased, await World.Holders.EraseAsync(Alice));

        var left = await Subject.ReadAllAsync();
        foreach (var plate in new[] { PlateOfAlice, CorrectedPlate, RemovedPlate })
        {
            Assert.DoesNotContain(plate, left, StringComparison.Ordinal);
        }

        Assert.Contains(PlateOfBob, left, StringComparison.Ordinal);
        Assert.Equal(stays, (await World.TimelineAsync(before)).Stays);
        await AssertErasedAsync(before);
    }

    /// <summary>Whoever comes again is somebody else, parks as anybody does, and pays.</summary>
    [Fact]
    public async Task TheSameCitizen_BeginsWithNothing_AndParksAgain()
    {
        var before = await AliceAsync();
        await World.Holders.EraseAsync(Alice);

        var after = await World.Holders.FindOrAddAsync(Alice);
        var account = await World.Holders.ReplaceVehiclesAsync(after, [(Plate.Parse(PlateOfAlice), VehicleClass.Car)]);
        var tell = new Scene(World);
        await ParkAsync(after);

        Assert.NotEqual(before, after);
        Assert.Equal([1], account!.All.Select(vehicle => (int)vehicle.Slot.Value));
        Assert.Equal(["small 0-65 Exited Settled 2500"], await tell.StaysAsync(after));
        await AssertErasedAsync(before);
    }

    [Fact]
    public async Task ErasedAgain_NothingIsLeftToErase_UntilSomethingComes()
    {
        await AliceAsync();
        await World.Holders.EraseAsync(Alice);
        var second = await World.Holders.HolderOfAsync(Alice);

        Assert.Equal(ErasureOutcome.NothingKept, await World.Holders.EraseAsync(Alice));
        Assert.Equal(second, await World.Holders.HolderOfAsync(Alice));
        Assert.Equal(ErasureOutcome.NothingKept, await World.Holders.EraseAsync(new(new string('c', 64))));

        await World.Holders.TakeOverAsync(second, Entitlements.Of("resident"));
        Assert.Equal(ErasureOutcome.Erased, await World.Holders.EraseAsync(Alice));
        Assert.NotEqual(second, await World.Holders.HolderOfAsync(Alice));
    }

    [Fact]
    public async Task WithAnOpenStay_NothingIsErased()
    {
        var holder = await AliceAsync();
        await World.DriveAsync("small-in-0", holder, vehicle: 1);

        Assert.Equal(ErasureOutcome.IsParked, await World.Holders.EraseAsync(Alice));

        Assert.Equal(holder, await World.Holders.HolderOfAsync(Alice));
        Assert.NotNull((await World.Holders.LoadAccountAsync(holder)).Find(Plate.Parse(PlateOfAlice)));
        Assert.Equal(ScanReason.Exited, (await World.DriveAsync("small-out-0", holder, vehicle: 1)).Reason);
        Assert.Equal(ErasureOutcome.Erased, await World.Holders.EraseAsync(Alice));
    }

    /// <summary>Otherwise anybody could park without paying: enter with the code of before, and leave as somebody else.</summary>
    [Fact]
    public async Task ACodeFromBefore_OpensNoEntry_AndStillOpensAnExit()
    {
        var before = await AliceAsync();
        var codes = new[] { World.Mint(before, 1), World.Mint(before, 1) };
        await World.Holders.EraseAsync(Alice);

        var entry = await World.AnswerAsync("small-in-0", World.Shown("small-in-0", codes[0]));
        var exit = await World.AnswerAsync("small-out-0", World.Shown("small-out-0", codes[1]));

        Assert.Equal((ScanReason.Expired, ScanReason.MissedEntry), (entry.Reason, exit.Reason));
        Assert.Equal(0, await World.OccupancyAsync("small"));
    }

    [Fact]
    public async Task EnteringAndErasingAtOnce_OneOfThemIsRefused()
    {
        for (var round = 0; round < Depth.Rounds; round++)
        {
            var citizen = new CitizenKey($"{round:x64}");
            var holder = await World.Holders.FindOrAddAsync(citizen);
            await ListAsync(holder, PlateOfAlice);
            var code = World.Mint(holder, 1);
            var entering = Task.Run(() => World.AnswerAsync("large-in-0", World.Shown("large-in-0", code)));

            var outcome = await Task.Run(() => World.Holders.EraseAsync(citizen));

            Assert.Equal(
                (await entering).Reason == ScanReason.Entered ? ErasureOutcome.IsParked : ErasureOutcome.Erased, outcome);
            Assert.Equal(outcome == ErasureOutcome.IsParked, holder == await World.Holders.HolderOfAsync(citizen));
            World.Time.Advance(TimeSpan.FromMinutes(1));
        }

        await World.AssertSpacesAreTheOpenStaysAsync();
    }

    /// <summary>A gate that was cut off reports later that it let somebody in: that stay is nobody's, and harms nobody.</summary>
    [Fact]
    public async Task ALateEntryOfTheErasedHolder_IsAStayOfNobody()
    {
        var before = await AliceAsync();
        var tell = new Scene(World);
        var alone = tell.Alone("small-in-0", 0, before);
        await World.Holders.EraseAsync(Alice);
        var after = await World.Holders.FindOrAddAsync(Alice);
        await tell.LiveAsync("small-in-1", 5, after);

        await tell.ReportAsync(alone);

        Assert.Equal(["small 0- Open Settled no fee"], await tell.StaysAsync(before));
        Assert.Equal(["small 5- Open Settled no fee"], await tell.StaysAsync(after));
        Assert.Equal(2, await World.OccupancyAsync("small"));
        Assert.Equal(ErasureOutcome.IsParked, await World.Holders.EraseAsync(Alice));
        await tell.LiveAsync("small-out-0", 70, after);
        Assert.Equal(ErasureOutcome.Erased, await World.Holders.EraseAsync(Alice));
        Assert.Single((await World.TimelineAsync(before)).Stays, stay => stay.IsOpen);
    }

    [Fact]
    public async Task Shares_EndOnBothSides_AndNameTheHolderNowhere()
    {
        var before = await AliceAsync();
        var bob = await World.Holders.HolderOfAsync(Bob);

        await World.Holders.EraseAsync(Alice);

        Assert.Empty(await Sharing().ListAsync(bob));
        var account = await World.Holders.LoadAccountAsync(bob);
        Assert.Empty(account.Shared);
        Assert.Empty(Assert.Single(account.Listed).Members);
        Assert.DoesNotContain(before.ToString(), Text((await Subject.Holders.LoadAccountAsync(bob)).Content), StringComparison.Ordinal);
    }

    /// <summary>What began before the erasure and writes after it: a list of vehicles, a code's entitlements, a share.</summary>
    [Fact]
    public async Task ACallThatBeganBefore_WritesNothingIntoTheErasedAccount()
    {
        var before = await AliceAsync();
        var bob = await World.Holders.HolderOfAsync(Bob);
        var sharing = Sharing();
        var invited = await sharing.InviteAsync(bob, Plate.Parse(PlateOfBob));
        var offered = await sharing.InviteAsync(before, Plate.Parse(PlateOfAlice));
        await World.Holders.EraseAsync(Alice);

        var account = await ListAsync(before, PlateOfAlice);
        await World.Holders.TakeOverAsync(before, Entitlements.Of("resident"));
        var accepted = await sharing.AcceptAsync(before, invited.Invitation);
        var late = await sharing.AcceptAsync(bob, offered.Invitation);
        var invites = await sharing.InviteAsync(before, Plate.Parse(PlateOfAlice));

        Assert.Empty(account!.All);
        Assert.Equal(
            (AcceptOutcome.NoSuchInvitation, AcceptOutcome.NoSuchInvitation, InviteOutcome.NoSuchVehicle),
            (accepted.Outcome, late.Outcome, invites.Outcome));
        Assert.Empty(Assert.Single((await World.Holders.LoadAccountAsync(bob)).Listed).Members);
        await AssertErasedAsync(before);
    }

    [Fact]
    public async Task ADamagedAccount_IsErasedAllTheSame()
    {
        var before = await AliceAsync();
        var stored = await Subject.Holders.LoadAccountAsync(before);
        await Subject.Holders.SaveAccountAsync(before, stored.Version, "{\"v\":2,\"slots\":\"A10001\"}"u8.ToArray());

        Assert.Equal(ErasureOutcome.Erased, await World.Holders.EraseAsync(Alice));

        await AssertErasedAsync(before);
    }

    /// <summary>Many rows move about in the file of a store while it grows. No plate may stay behind where one was before.</summary>
    [Fact]
    public async Task ManyErased_NoneOfTheirPlatesIsInTheStore()
    {
        var citizens = Enumerable.Range(0, 200).Select(n => (Key: new CitizenKey($"{n:x64}"), Plate: $"Z{n:00000}")).ToList();
        foreach (var (key, plate) in citizens)
        {
            await ListAsync(await World.Holders.FindOrAddAsync(key), $"Q{plate}", plate, $"X{plate}");
        }

        foreach (var (key, _) in citizens)
        {
            Assert.Equal(ErasureOutcome.Erased, await World.Holders.EraseAsync(key));
        }

        var left = await Subject.ReadAllAsync();
        Assert.Empty(citizens.Where(citizen => left.Contains(citizen.Plate, StringComparison.Ordinal)).Select(citizen => citizen.Plate));
    }

    private static string Text(ReadOnlyMemory<byte> content) => System.Text.Encoding.UTF8.GetString(content.Span);

    private VehicleSharing Sharing() => new(World.Holders, Subject.Live, new Invitations(new byte[32]), World.Time.ToClock());

    /// <summary>
    /// Alice has a vehicle whose plate she corrected, and one that she removed; she is entitled to something, shares a car with Bob, and
    /// he shares one with her.
    /// </summary>
    private async Task<HolderId> AliceAsync()
    {
        var alice = await World.Holders.FindOrAddAsync(Alice);
        var bob = await World.Holders.FindOrAddAsync(Bob);
        await ListAsync(alice, CorrectedPlate, RemovedPlate);
        await World.Holders.ReplaceVehiclesAsync(
            alice,
            [(Plate.Parse(PlateOfAlice), VehicleClass.Car)],
            new Dictionary<Plate, Plate> { [Plate.Parse(CorrectedPlate)] = Plate.Parse(PlateOfAlice) });
        await ListAsync(bob, PlateOfBob);
        await World.Holders.TakeOverAsync(alice, Entitlements.Of("disabled-badge"));
        var sharing = Sharing();
        var toBob = await sharing.InviteAsync(alice, Plate.Parse(PlateOfAlice));
        Assert.Equal(AcceptOutcome.Accepted, (await sharing.AcceptAsync(bob, toBob.Invitation)).Outcome);
        var toAlice = await sharing.InviteAsync(bob, Plate.Parse(PlateOfBob));
        Assert.Equal(AcceptOutcome.Accepted, (await sharing.AcceptAsync(alice, toAlice.Invitation)).Outcome);
        return alice;
    }

    /// <summary>An hour and five minutes with the first vehicle.</summary>
    private async Task ParkAsync(HolderId holder)
    {
        var tell = new Scene(World);
        await tell.PassAsync("small-in-0", holder, World.Mint(holder, 1));
        tell.At(65);
        Assert.Equal(ScanReason.Exited, (await tell.PassAsync("small-out-0", holder, World.Mint(holder, 1))).Reason);
    }

    private Task<VehicleAccount?> ListAsync(HolderId holder, params string[] plates) =>
        World.Holders.ReplaceVehiclesAsync(holder, [.. plates.Select(plate => (Plate.Parse(plate), VehicleClass.Car))]);

    private async Task AssertErasedAsync(HolderId holder)
    {
        var account = await World.Holders.LoadAccountAsync(holder);
        Assert.True(account.IsErased);
        Assert.Equal("""{"v":2,"slots":[],"erased":true}""", Text((await Subject.Holders.LoadAccountAsync(holder)).Content));
        Assert.NotNull((await World.TimelineAsync(holder)).ErasedAt);
    }
}

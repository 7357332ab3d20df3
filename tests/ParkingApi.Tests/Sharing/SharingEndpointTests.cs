using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Parking.Accounts;
using Parking.Api.Hosting.Identity;
using Parking.Api.Tests.Infrastructure;
using Parking.Contracts;
using Parking.Events;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Sharing;

/// <summary>Sharing a car as its owner and the others see it: over HTTP.</summary>
public sealed class SharingEndpointTests(SharedApplication shared) : IClassFixture<SharedApplication>
{
    private const string Plate = "沪A12345", OtherPlate = "沪A99999";

    private static long _seq;

    private readonly ParkingApplication _app = shared.App;
    private readonly string _owner = shared.FreshCitizen("olive"), _member = shared.FreshCitizen("max");
    private readonly string _stranger = shared.FreshCitizen("sam");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnInvitation_IsPendingUntilItIsAccepted_AndShareIsWithoutNames()
    {
        await _app.ListCarsAsync(_owner, OtherPlate, Plate);

        var invited = await _app.InviteAsync(_owner, Plate);
        var pending = Assert.Single((await _app.VehiclesOfAsync(_owner)).Vehicles[1].Shares!);
        using var accepted = await _app.TryAcceptAsync(_member, invited.Invitation);
        var mine = await accepted.Content.ReadFromJsonAsync<Contracts.SharedVehicle>(ContractJson.Options, Cancellation);
        var listed = (await _app.VehiclesOfAsync(_owner)).Vehicles;

        Assert.Equal(new VehicleShare { Share = invited.Share, ExpiresAt = invited.ExpiresAt }, pending);
        Assert.Equal(
            new Contracts.SharedVehicle { Share = invited.Share, Plate = Plate, Class = VehicleClass.Car, Since = mine!.Since }, mine);
        Assert.Equal([mine], (await _app.SharedWithAsync(_member)).Vehicles);
        Assert.Null(listed[0].Shares);
        Assert.Equal([new VehicleShare { Share = invited.Share, Since = mine.Since }], listed[1].Shares);
        Assert.Empty((await _app.VehiclesOfAsync(_member)).Vehicles);
        Assert.Empty((await _app.SharedWithAsync(_owner)).Vehicles);
    }

    [Fact]
    public async Task AMember_SeesTheOpenStayOfTheCar_AndNothingElseOfItsOwner()
    {
        await _app.ListCarsAsync(_owner, OtherPlate, Plate);
        await _app.ShareAsync(_owner, _member, Plate);
        var past = await DriveAsync("hsp-in-1", _owner);
        await DriveAsync("hsp-out-1", _member);
        var other = await DriveAsync("yuyuan-in-1", _owner, OtherPlate);
        var entered = await DriveAsync("hsp-in-1", _owner);

        var stay = Assert.Single((await _app.StaysOfAsync(_member)).Open);
        var owners = (await _app.StaysOfAsync(_owner)).Open.Single(open => open.Id == stay.Id);

        Assert.Equal((entered.Stay!.Id, Plate, true), (stay.Id, stay.Plate, stay.Shared));
        Assert.Equal((owners.Quote!.Total, false), (stay.Quote!.Total, owners.Shared));
        Assert.Empty((await _app.StaysOfAsync(_member)).Recent);
        Assert.Empty((await _app.StaysOfAsync(_stranger)).Open);
        await AssertCanReadAsync(_member, stay.Id);
        foreach (var (reader, hidden) in new[]
        {
            (_member, past.Stay!.Id), (_member, other.Stay!.Id), (_stranger, stay.Id),
        })
        {
            await AssertCannotReadAsync(reader, hidden);
        }

        await DriveAsync("hsp-out-1", _member);
        Assert.Empty((await _app.StaysOfAsync(_member)).Open);
        await AssertCannotReadAsync(_member, stay.Id);
        Assert.Equal([stay.Id, past.Stay!.Id], (await _app.StaysOfAsync(_owner)).Recent.Select(ended => ended.Id));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AShareThatHasEnded_GivesNoCodeAndShowsNothing(bool memberLeaves)
    {
        await _app.ListCarsAsync(_owner, Plate);
        var share = await _app.ShareAsync(_owner, _member, Plate);
        var entered = await DriveAsync("hsp-in-1", _member);

        for (var time = 0; time < 2; time++)
        {
            if (memberLeaves)
            {
                Assert.Empty((await _app.LeaveAsync(_member, share)).Vehicles);
            }
            else
            {
                Assert.Null(Assert.Single((await _app.WithdrawAsync(_owner, share)).Vehicles).Shares);
            }
        }

        using var mint = await TryMintAsync(_member, Plate);
        await ProblemAssert.IsAsync(mint, HttpStatusCode.NotFound, "vehicle-not-found");
        Assert.Empty((await _app.SharedWithAsync(_member)).Vehicles);
        Assert.Empty((await _app.StaysOfAsync(_member)).Open);
        await AssertCannotReadAsync(_member, entered.Stay!.Id);
        Assert.Null(Assert.Single((await _app.VehiclesOfAsync(_owner)).Vehicles).Shares);
        Assert.Equal(GateDecision.Open, (await DriveAsync("hsp-out-1", _member, plate: null)).Decision);
        Assert.Single((await _app.StaysOfAsync(_owner)).Open);
    }

    [Fact]
    public async Task AShareOfSomebodyElse_CannotBeEnded()
    {
        await _app.ListCarsAsync(_owner, Plate);
        await _app.ListCarsAsync(_stranger, Plate);
        var share = await _app.ShareAsync(_owner, _member, Plate);

        await _app.WithdrawAsync(_stranger, share);
        await _app.LeaveAsync(_stranger, share);
        await _app.LeaveAsync(_owner, share);
        await _app.WithdrawAsync(_member, share);
        await _app.WithdrawAsync(_owner, "no-share");

        Assert.Single((await _app.SharedWithAsync(_member)).Vehicles);
    }

    [Fact]
    public async Task WhatCannotBeAccepted_SaysWhy()
    {
        await _app.ListCarsAsync(_owner, Plate);
        await _app.ListCarsAsync(_stranger, Plate);
        var used = await _app.InviteAsync(_owner, Plate);
        using var first = await _app.TryAcceptAsync(_member, used.Invitation);
        await DriveAsync("hsp-in-2", _stranger);
        var pending = (await _app.InviteAsync(_owner, Plate)).Invitation;

        foreach (var (who, invitation, status, problem) in new[]
        {
            (_stranger, used.Invitation, HttpStatusCode.NotFound, "invitation-not-found"),
            (_stranger, used.Share, HttpStatusCode.NotFound, "invitation-not-found"),
            (_stranger, new string('0', 32), HttpStatusCode.NotFound, "invitation-not-found"),
            (_stranger, "", HttpStatusCode.NotFound, "invitation-not-found"),
            (_owner, pending, HttpStatusCode.Conflict, "own-invitation"),
            (_stranger, pending, HttpStatusCode.Conflict, "own-vehicle-is-parked"),
        })
        {
            using var response = await _app.TryAcceptAsync(who, invitation);
            await ProblemAssert.IsAsync(response, status, problem);
        }

        using var again = await _app.TryAcceptAsync(_member, used.Invitation);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task WhatCannotBeShared_SaysWhy()
    {
        await _app.ListCarsAsync(_owner, Plate);
        await _app.ShareAsync(_owner, _member, Plate);
        for (var more = 1; more < VehicleAccount.MaxShares; more++)
        {
            await _app.InviteAsync(_owner, Plate);
        }

        using var full = await _app.TryInviteAsync(_owner, Plate);
        using var unlisted = await _app.TryInviteAsync(_owner, OtherPlate);
        using var notAPlate = await _app.TryInviteAsync(_owner, "?");
        using var notOwned = await _app.TryInviteAsync(_member, Plate);

        await ProblemAssert.IsAsync(full, HttpStatusCode.Conflict, "too-many-shares");
        foreach (var response in new[] { unlisted, notAPlate, notOwned })
        {
            await ProblemAssert.IsAsync(response, HttpStatusCode.NotFound, "vehicle-not-found");
        }
    }

    [Fact]
    public async Task Accepting_TakesThePlateOffTheOwnList_AndItCannotComeBackWhileItIsShared()
    {
        await _app.ListCarsAsync(_owner, Plate);
        await _app.ListCarsAsync(_member, OtherPlate, Plate);
        var share = await _app.ShareAsync(_owner, _member, Plate);
        using var client = _app.CitizenClient(_member);
        var both = new VehicleListRequest { Vehicles = [CarOf(OtherPlate), CarOf(Plate)] };

        var left = (await _app.VehiclesOfAsync(_member)).Vehicles;
        using var refused = await client.PutAsJsonAsync("/v1/me/vehicles", both, ContractJson.Options, Cancellation);
        var problem = await refused.Content.ReadFromJsonAsync<InvalidMembersAnswer>(ContractJson.Options, Cancellation);
        await _app.LeaveAsync(_member, share);
        using var taken = await client.PutAsJsonAsync("/v1/me/vehicles", both, ContractJson.Options, Cancellation);

        Assert.Equal([OtherPlate], left.Select(vehicle => vehicle.Plate));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var error = Assert.Single(problem!.Errors["vehicles[1].plate"]);
        Assert.Contains($"DELETE /v1/me/shared-vehicles/{share}", error, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        Assert.Equal(new(2), (await AccountOfAsync(_member)).Find(Accounts.Plate.Parse(Plate))!.Slot);
    }

    [Fact]
    public async Task TheListAsItWasAnswered_CanBePut_AndChangesNothing()
    {
        await _app.ListCarsAsync(_owner, Plate);
        await _app.ShareAsync(_owner, _member, Plate);
        var listed = await _app.VehiclesOfAsync(_owner);
        using var client = _app.CitizenClient(_owner);

        using var put = await client.PutAsJsonAsync(
            "/v1/me/vehicles", new VehicleListRequest { Vehicles = listed.Vehicles }, ContractJson.Options, Cancellation);

        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        Assert.Equivalent(listed, await _app.VehiclesOfAsync(_owner), strict: true);
    }

    [Fact]
    public async Task AMembersToken_DoesNotChangeWhatTheOwnerIsEntitledTo()
    {
        await _app.ListCarsAsync(_owner, Plate);
        await _app.ShareAsync(_owner, _member, Plate);
        using var phone = _app.CitizenClient(_member, "resident");

        await _app.ScanAsync("hsp-in-1", _app.Scan(await _app.FetchCodeAsync(phone, Plate), Interlocked.Increment(ref _seq)));

        Assert.Equal(Entitlements.None, (await AccountOfAsync(_owner)).Entitlements);
        Assert.Equal(Entitlements.Of("resident"), (await AccountOfAsync(_member)).Entitlements);
    }

    private static Contracts.Vehicle CarOf(string plate) => new() { Plate = plate, Class = VehicleClass.Car };

    private async Task<VehicleAccount> AccountOfAsync(string citizen)
    {
        var holders = _app.Services.GetRequiredService<HolderRegistry>();
        var key = _app.Services.GetRequiredService<ServiceSecrets>().CitizenKeyOf(citizen);
        return await holders.LoadAccountAsync(await holders.HolderOfAsync(key));
    }

    private Task<ScanAnswer> DriveAsync(string gate, string citizen, string? plate = Plate) =>
        _app.DriveAsync(gate, citizen, Interlocked.Increment(ref _seq), plate);

    private async Task<HttpResponseMessage> TryMintAsync(string citizen, string plate)
    {
        using var client = _app.CitizenClient(citizen);
        return await client.PostAsJsonAsync("/v1/codes", new { plate }, Cancellation);
    }

    private async Task AssertCanReadAsync(string citizen, string stay)
    {
        using var response = await _app.TryReadStayAsync(citizen, stay);
        var read = await response.Content.ReadFromJsonAsync<StayAnswer>(ContractJson.Options, Cancellation);
        Assert.Equal((stay, true), (read!.Id, read.Shared));
    }

    private async Task AssertCannotReadAsync(string citizen, string stay)
    {
        using var response = await _app.TryReadStayAsync(citizen, stay);
        await ProblemAssert.IsAsync(response, HttpStatusCode.NotFound, "stay-not-found");
    }
}

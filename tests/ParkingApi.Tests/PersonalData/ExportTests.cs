using System.Net.Http.Json;
using System.Text.Json;
using Parking.Api.Tests.Infrastructure;
using Parking.Contracts;
using Parking.GateProtocol;

namespace Parking.Api.Tests.PersonalData;

/// <summary>What a citizen gets to read of everything that is kept of them: all of it, and nothing of anybody else.</summary>
public sealed class ExportTests(SharedApplication shared) : IClassFixture<SharedApplication>
{
    private const string Wrong = "沪E10001", Right = "沪E10002", Sold = "沪E10003", Bobs = "沪F20001", BobsOther = "沪F20002";

    private static long _seq;

    private readonly ParkingApplication _app = shared.App;
    private readonly string _alice = shared.FreshCitizen("alice"), _bob = shared.FreshCitizen("bob");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OfSomebodyUnknown_IsEmpty()
    {
        var export = await ExportAsync(_alice);

        Assert.Equal((1, _app.Time.GetUtcNow()), (export.Format, export.AsOf.ToDateTimeOffset()));
        Assert.Empty(export.Vehicles);
        Assert.Empty(export.Entitlements);
        Assert.Empty(export.SharedVehicles);
        Assert.Empty(export.Stays);
        Assert.Empty(export.Scans);
    }

    [Fact]
    public async Task HasEverythingThatWasPutIn_AndNothingOfAnybodyElse()
    {
        await _app.ListCarsAsync(_bob, Bobs, BobsOther);
        await _app.ListCarsAsync(_alice, Wrong, Sold);
        await CorrectAsync();
        var toBob = await _app.ShareAsync(_alice, _bob, Right);
        var pending = await _app.InviteAsync(_alice, Right);
        var toAlice = await _app.ShareAsync(_bob, _alice, Bobs);
        await DriveAsync("hsp-in-1", _bob, BobsOther);
        await DriveAsync("hsp-in-2", _alice, Bobs);
        var parked = await DriveAsync("hsp-in-1", _alice, Right, "resident");
        await _app.UploadAsync("hsp-in-1", ActOf(BarrierAct.Opened), ActOf(BarrierAct.Passed, offset: 1));
        await DriveAsync("hsp-out-1", _alice, Right);
        var stay = await DriveAsync("yuyuan-in-1", _alice, Right);
        var refused = await DriveAsync("hsp-in-1", _alice, Right);

        var export = await ExportAsync(_alice, "resident");

        var (car, sold) = (export.Vehicles[0], export.Vehicles[1]);
        Assert.Equal(2, export.Vehicles.Count);
        Assert.Equal((1, Right, null), (car.Number, car.Plate, car.RemovedAt));
        Assert.Equal([Wrong], car.FormerPlates!.Select(former => former.Plate));
        Assert.Equal([toBob, pending.Share], car.Shares!.Select(share => share.Share));
        Assert.Equal((2, Sold), (sold.Number, sold.Plate));
        Assert.NotNull(sold.RemovedAt);
        Assert.Equal([toAlice], export.SharedVehicles.Select(vehicle => vehicle.Share));

        Assert.Equal([parked.Stay!.Id, stay.Stay!.Id], export.Stays.Select(one => one.Id));
        foreach (var one in export.Stays)
        {
            using var read = await _app.TryReadStayAsync(_alice, one.Id);
            Assert.Equivalent(await read.Content.ReadFromJsonAsync<StayAnswer>(ContractJson.Options, Cancellation), one, strict: true);
        }

        Assert.Equal(
            [ScanReason.Entered, ScanReason.Exited, ScanReason.Entered, refused.Reason], export.Scans.Select(scan => scan.Reason));
        Assert.All(export.Scans, scan => Assert.Equal(1, scan.Vehicle));
        Assert.Equal(["resident"], export.Scans[0].Terms!.Entitlements);
        Assert.Equal([BarrierAct.Opened], export.Scans[0].Acts!.Select(act => act.Act));

        var text = JsonSerializer.Serialize(export, ContractJson.Options);
        Assert.DoesNotContain(BobsOther, text, StringComparison.Ordinal);
        Assert.DoesNotContain("holder", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("owner", text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task IsKeptByNobodyOnTheWay()
    {
        using var client = _app.CitizenClient(_alice);

        using var response = await client.GetAsync("/v1/me/export", Cancellation);

        Assert.True(response.Headers.CacheControl!.NoStore);
    }

    private async Task CorrectAsync()
    {
        using var client = _app.CitizenClient(_alice);
        var corrected = new Vehicle { Plate = Right, Class = VehicleClass.Car, Corrects = Wrong };
        using var response = await client.PutAsJsonAsync(
            "/v1/me/vehicles", new VehicleListRequest { Vehicles = [corrected] }, ContractJson.Options, Cancellation);
        response.EnsureSuccessStatusCode();
    }

    private async Task<ExportAnswer> ExportAsync(string citizen, string? entitlements = null)
    {
        using var client = _app.CitizenClient(citizen, entitlements);
        return (await client.GetFromJsonAsync<ExportAnswer>("/v1/me/export", ContractJson.Options, Cancellation))!;
    }

    private async Task<ScanAnswer> DriveAsync(string gate, string citizen, string plate, string? entitlements = null)
    {
        using var phone = _app.CitizenClient(citizen, entitlements);
        return await _app.ScanAsync(gate, _app.Scan(await _app.FetchCodeAsync(phone, plate), Interlocked.Increment(ref _seq)));
    }

    /// <summary>What the barrier did after the last scan.</summary>
    private ReportedAct ActOf(BarrierAct act, int offset = 0)
    {
        var scan = Interlocked.Read(ref _seq) - offset;
        return new()
        {
            Seq = Interlocked.Increment(ref _seq),
            DeviceTime = NodaTime.Instant.FromDateTimeOffset(_app.Time.GetUtcNow()),
            Act = act,
            Scan = scan,
        };
    }
}

using System.Net;
using System.Net.Http.Json;
using Parking.Api.Tests.Infrastructure;
using Parking.GateProtocol;

namespace Parking.Api.Tests.PersonalData;

/// <summary>Erasing as the citizen, their friends and the log see it: over HTTP.</summary>
public sealed class ErasureEndpointTests(SharedApplication shared) : IClassFixture<SharedApplication>
{
    private const string Plate = "沪G10001", Bobs = "沪G20001";

    private static long _seq;

    private readonly ParkingApplication _app = shared.App;
    private readonly string _alice = shared.FreshCitizen("alice"), _bob = shared.FreshCitizen("bob");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Erased_TheCitizenFindsNothing_AndBeginsAgain()
    {
        await _app.ListCarsAsync(_bob, Bobs);
        await _app.ListCarsAsync(_alice, Plate);
        await _app.ShareAsync(_alice, _bob, Plate);
        await _app.ShareAsync(_bob, _alice, Bobs);
        await DriveAsync("hsp-in-1", Plate);
        var past = (await DriveAsync("hsp-out-1", Plate)).Stay!.Id;

        await EraseAsync(HttpStatusCode.NoContent);
        await EraseAsync(HttpStatusCode.NoContent);

        Assert.Empty((await _app.VehiclesOfAsync(_alice)).Vehicles);
        Assert.Empty((await _app.SharedWithAsync(_alice)).Vehicles);
        Assert.Empty((await _app.SharedWithAsync(_bob)).Vehicles);
        Assert.Null(Assert.Single((await _app.VehiclesOfAsync(_bob)).Vehicles).Shares);
        Assert.Empty((await _app.StaysOfAsync(_alice)).Recent);
        using var hidden = await _app.TryReadStayAsync(_alice, past);
        await ProblemAssert.IsAsync(hidden, HttpStatusCode.NotFound, "stay-not-found");

        await _app.ListCarsAsync(_alice, Plate);
        var entered = await DriveAsync("hsp-in-1", Plate);
        var exited = await DriveAsync("hsp-out-1", Plate);
        Assert.Equal((ScanReason.Entered, ScanReason.Exited), (entered.Reason, exited.Reason));
        Assert.Equal([exited.Stay!.Id], (await _app.StaysOfAsync(_alice)).Recent.Select(stay => stay.Id));
    }

    /// <summary>The books are complete, and an operator sees whose stay it was no more than before.</summary>
    [Fact]
    public async Task AClosedStay_StaysInTheBooks_WithoutAName()
    {
        await _app.ListCarsAsync(_alice, Plate);
        await DriveAsync("hsp-in-1", Plate);
        var past = (await DriveAsync("hsp-out-1", Plate)).Stay!.Id;
        using var operators = _app.OperatorClient();
        var before = await operators.GetStringAsync($"/v1/stays/{past}", Cancellation);

        await EraseAsync(HttpStatusCode.NoContent);

        Assert.Equal(before, await operators.GetStringAsync($"/v1/stays/{past}", Cancellation));
    }

    [Fact]
    public async Task WhileParked_IsRefused_AndSaysWhatToDo()
    {
        await _app.ListCarsAsync(_alice, Plate);
        await DriveAsync("hsp-in-1", Plate);

        using var refused = await EraseAsync(HttpStatusCode.Conflict);

        await ProblemAssert.IsAsync(refused, HttpStatusCode.Conflict, "still-parked");
        Assert.Single((await _app.VehiclesOfAsync(_alice)).Vehicles);
        Assert.Equal(ScanReason.Exited, (await DriveAsync("hsp-out-1", Plate)).Reason);
        await EraseAsync(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task TheLog_SaysThatSomebodyWasErased_AndNotWho()
    {
        using var app = new ParkingApplication();
        using var client = app.CitizenClient(_alice);
        app.Secrets.Add(Plate);
        await app.ListCarsAsync(_alice, Plate);

        for (var time = 0; time < 2; time++)
        {
            using var erased = await client.DeleteAsync("/v1/me", Cancellation);
        }

        Assert.Single(app.Log.Lines, line => line.Contains("CitizenErased", StringComparison.Ordinal));
        app.Secrets.AssertNoneIn(app.Log.Lines);
    }

    /// <summary>A code that is minted while the store is away names who the citizen is now, and none of the erased vehicles.</summary>
    [Fact]
    public async Task WithoutTheStore_NothingOfBeforeComesBack()
    {
        var outage = new OutageOfStore();
        using var app = new ParkingApplication { Replace = outage.UseForAccounts };
        using var client = app.CitizenClient(_alice);
        await app.ListCarsAsync(_alice, Plate);
        await app.FetchCodeAsync(_alice, Plate);
        using var erased = await client.DeleteAsync("/v1/me", Cancellation);
        await app.FetchCodeAsync(_alice);
        outage.AfterCalls(0);

        using var response = await client.PostAsJsonAsync("/v1/codes", new { plate = Plate }, Cancellation);
        var code = await app.FetchCodeAsync(_alice);
        outage.Over();

        await ProblemAssert.IsAsync(response, HttpStatusCode.NotFound, "vehicle-not-found");
        Assert.Equal(ScanReason.Entered, (await app.ScanAsync("hsp-in-1", app.Scan(code, 1))).Reason);
        Assert.Single((await app.StaysOfAsync(_alice)).Open);
    }

    private async Task<HttpResponseMessage> EraseAsync(HttpStatusCode expected)
    {
        using var client = _app.CitizenClient(_alice);
        var response = await client.DeleteAsync("/v1/me", Cancellation);
        Assert.Equal(expected, response.StatusCode);
        return response;
    }

    private Task<ScanAnswer> DriveAsync(string gate, string plate) =>
        _app.DriveAsync(gate, _alice, Interlocked.Increment(ref _seq), plate);
}

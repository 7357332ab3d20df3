using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using NodaTime;
using Parking.Api.Tests.Infrastructure;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Stays;

/// <summary>What citizens and operators are told of stays.</summary>
public sealed class StayEndpointTests : IDisposable
{
    private readonly ParkingApplication _app = new()
    {
        Replace = PricedCity.Use(facility => facility == "yuyuan" ? null : SampleTariffs.Stepped),
    };

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task MyStays_OfSomebodyWhoNeverParked_AreNone()
    {
        using var alice = _app.CitizenClient("alice");

        Assert.Equal("""{"open":[],"recent":[]}""", await alice.GetStringAsync("/v1/me/stays", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task MyStays_AreThoseOpenAndThoseEndedNewestFirst()
    {
        using var alice = _app.CitizenClient("alice");
        await alice.PutAsJsonAsync(
            "/v1/me/vehicles", new { vehicles = new[] { new { plate = "沪A12345", @class = "car" } } },
            TestContext.Current.CancellationToken);
        await _app.DriveAsync("hsp-in-1", "alice", 1);
        _app.Time.Advance(TimeSpan.FromMinutes(5));
        await _app.DriveAsync("hsp-out-1", "alice", 1);
        _app.Time.Advance(TimeSpan.FromMinutes(5));
        await _app.DriveAsync("yuyuan-out-1", "alice", 1);
        await _app.DriveAsync("jingan-temple-in-1", "alice", 1, plate: "沪A12345");

        var stays = await GetAsync(alice, "/v1/me/stays");

        var open = Assert.Single(stays.GetProperty("open").EnumerateArray());
        Assert.Equal(("jingan-temple", "沪A12345", "open"), (Text(open, "facility"), Text(open, "plate"), Text(open, "ending")));
        Assert.False(open.TryGetProperty("endedAt", out _));
        Assert.Equal(["missed_entry", "exited"], stays.GetProperty("recent").EnumerateArray().Select(stay => Text(stay, "ending")));
    }

    [Fact]
    public async Task Stay_IsSeenByItsOwnerWithThePlate_AndByOperatorsWithout()
    {
        using var alice = _app.CitizenClient("alice");
        using var @operator = _app.OperatorClient();
        await alice.PutAsJsonAsync(
            "/v1/me/vehicles", new { vehicles = new[] { new { plate = "沪A12345", @class = "car" } } },
            TestContext.Current.CancellationToken);
        var id = (await _app.DriveAsync("hsp-in-1", "alice", 1, "沪A12345")).Stay!.Id;

        var own = await GetAsync(alice, $"/v1/stays/{id}");
        var operators = await GetAsync(@operator, $"/v1/stays/{id}");

        Assert.Equal((id, "沪A12345"), (Text(own, "id"), Text(own, "plate")));
        Assert.Equal((id, "hsp"), (Text(operators, "id"), Text(operators, "facility")));
        Assert.False(operators.TryGetProperty("plate", out _));
    }

    [Theory]
    [InlineData(true, "沪A12354", "settled")]
    [InlineData(false, "沪A12354", "conflicting")]
    public async Task Plate_CorrectedDuringAStay_IsTheSameVehicle_AndAReplacedOneIsNotFree(bool isCorrection, string plate, string state)
    {
        using var alice = _app.CitizenClient("alice");
        object Listed(string number, string? corrects = null) =>
            new { vehicles = new[] { new { plate = number, @class = "car", corrects } } };
        await alice.PutAsJsonAsync("/v1/me/vehicles", Listed("沪A12354"), TestContext.Current.CancellationToken);
        await _app.DriveAsync("hsp-in-1", "alice", 1, "沪A12354");
        await _app.UploadAsync("hsp-in-1", Passed(2, 1));
        _app.Time.Advance(TimeSpan.FromMinutes(65));

        using var changed = await alice.PutAsJsonAsync(
            "/v1/me/vehicles", Listed("沪A12345", isCorrection ? "沪A12354" : null), TestContext.Current.CancellationToken);
        changed.EnsureSuccessStatusCode();
        var exit = await _app.DriveAsync("hsp-out-1", "alice", 1, "沪A12345");
        await _app.UploadAsync("hsp-out-1", Passed(2, 1));

        Assert.Equal(2500, exit.Fee!.Total);
        var stay = Assert.Single((await GetAsync(alice, "/v1/me/stays")).GetProperty("recent").EnumerateArray());
        Assert.Equal((plate, "exited", state), (Text(stay, "plate"), Text(stay, "ending"), Text(stay, "state")));
    }

    [Fact]
    public async Task Stay_ThatIsOpen_HasAQuoteOfNowAndItsNextChange()
    {
        using var alice = _app.CitizenClient("alice");
        await _app.DriveAsync("hsp-in-1", "alice", 1);
        _app.Time.Advance(TimeSpan.FromMinutes(65));

        var quote = Assert.Single((await GetAsync(alice, "/v1/me/stays")).GetProperty("open").EnumerateArray()).GetProperty("quote");

        Assert.Equal(
            ("stepped", "CNY", 2500, 2500), (Text(quote, "tariff"), Text(quote, "currency"), Number(quote, "total"), Number(quote, "due")));
        Assert.Equal([1500L, 1000], quote.GetProperty("lines").EnumerateArray().Select(line => Number(line, "amount")));
        Assert.Equal(
            ("2026-05-04T10:00:15Z", 3500),
            (Text(quote.GetProperty("nextChange"), "leaveBy"), Number(quote.GetProperty("nextChange"), "total")));
    }

    [Fact]
    public async Task Stay_ThatHasEnded_HasItsFee_InAListWithoutTheLines_AndOperatorsSeeIt()
    {
        using var alice = _app.CitizenClient("alice");
        using var @operator = _app.OperatorClient();
        await _app.DriveAsync("hsp-in-1", "alice", 1);
        _app.Time.Advance(TimeSpan.FromMinutes(65));
        var id = (await _app.DriveAsync("hsp-out-1", "alice", 1)).Stay!.Id;
        _app.Time.Advance(TimeSpan.FromMinutes(20));

        var listed = Assert.Single((await GetAsync(alice, "/v1/me/stays")).GetProperty("recent").EnumerateArray()).GetProperty("quote");
        var own = (await GetAsync(alice, $"/v1/stays/{id}")).GetProperty("quote");
        var operators = (await GetAsync(@operator, $"/v1/stays/{id}")).GetProperty("quote");

        Assert.Equal((2500, 2500, 2500), (Number(listed, "total"), Number(own, "total"), Number(operators, "total")));
        Assert.False(listed.TryGetProperty("lines", out _));
        Assert.Equal(2, own.GetProperty("lines").GetArrayLength());
        Assert.Equal(own.ToString(), operators.ToString());
        Assert.All([listed, own, operators], quote => Assert.False(quote.TryGetProperty("nextChange", out _)));
    }

    [Fact]
    public async Task Stays_WithoutAPrice_HaveNoQuote()
    {
        using var alice = _app.CitizenClient("alice");
        await _app.DriveAsync("hsp-out-1", "alice", 1);
        await _app.DriveAsync("hsp-in-1", "alice", 1);
        _app.Time.Advance(TimeSpan.FromHours(1));
        await _app.DriveAsync("yuyuan-in-1", "alice", 1);

        var stays = await GetAsync(alice, "/v1/me/stays");

        Assert.Equal(["missed_exit", "missed_entry"], stays.GetProperty("recent").EnumerateArray().Select(stay => Text(stay, "ending")));
        Assert.All(
            stays.GetProperty("open").EnumerateArray().Concat(stays.GetProperty("recent").EnumerateArray()),
            stay => Assert.False(stay.TryGetProperty("quote", out _)));
    }

    [Theory]
    [InlineData("another person's")]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("not-a-name")]
    public async Task Stay_ThatIsNotOnesOwn_IsNotFound(string name)
    {
        var id = (await _app.DriveAsync("hsp-in-1", "alice", 1)).Stay!.Id;
        await _app.DriveAsync("hsp-in-2", "robert", 1);
        using var bob = _app.CitizenClient("robert");

        var response = await bob.GetAsync(
            $"/v1/stays/{(name.Contains(' ', StringComparison.Ordinal) ? id : name)}", TestContext.Current.CancellationToken);

        await ProblemAssert.IsAsync(response, HttpStatusCode.NotFound, "stay-not-found");
    }

    [Fact]
    public async Task Stays_OfOnePerson_HaveNamesThatShareNothing()
    {
        var first = (await _app.DriveAsync("hsp-in-1", "alice", 1)).Stay!.Id;
        await _app.DriveAsync("hsp-out-1", "alice", 1);
        var second = (await _app.DriveAsync("hsp-in-1", "alice", 2)).Stay!.Id;

        Assert.NotEqual(first[..8], second[..8]);
        Assert.NotEqual(first[^8..], second[^8..]);
    }

    [Fact]
    public async Task Rebuild_OfAnUnknownFacility_IsNotFound()
    {
        using var @operator = _app.OperatorClient();

        var response = await @operator.PostAsync("/v1/facilities/atlantis/rebuild", null, TestContext.Current.CancellationToken);

        await ProblemAssert.IsAsync(response, HttpStatusCode.NotFound, "facility-not-found");
    }

    private static ReportedAct Passed(long seq, long scan) =>
        new() { Seq = seq, DeviceTime = Instant.FromUtc(2026, 5, 4, 8, 30, 17), Act = BarrierAct.Passed, Scan = scan };

    private static async Task<JsonElement> GetAsync(HttpClient client, string path) =>
        await client.GetFromJsonAsync<JsonElement>(path, TestContext.Current.CancellationToken);

    private static long Number(JsonElement element, string name) => element.GetProperty(name).GetInt64();

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}

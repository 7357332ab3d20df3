using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Parking.Api.Tests.Infrastructure;

namespace Parking.Api.Tests.Stays;

/// <summary>What citizens and operators are told of stays.</summary>
public sealed class StayEndpointTests : IDisposable
{
    private readonly ParkingApplication _app = new();

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
            "/v1/me/vehicles", new { vehicles = new[] { new { plate = "沪A12345", @class = "car" } } }, TestContext.Current.CancellationToken);
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
            "/v1/me/vehicles", new { vehicles = new[] { new { plate = "沪A12345", @class = "car" } } }, TestContext.Current.CancellationToken);
        var id = (await _app.DriveAsync("hsp-in-1", "alice", 1, "沪A12345")).Stay!.Id;

        var own = await GetAsync(alice, $"/v1/stays/{id}");
        var operators = await GetAsync(@operator, $"/v1/stays/{id}");

        Assert.Equal((id, "沪A12345"), (Text(own, "id"), Text(own, "plate")));
        Assert.Equal((id, "hsp"), (Text(operators, "id"), Text(operators, "facility")));
        Assert.False(operators.TryGetProperty("plate", out _));
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

        var response = await bob.GetAsync($"/v1/stays/{(name.Contains(' ', StringComparison.Ordinal) ? id : name)}", TestContext.Current.CancellationToken);

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

    private static async Task<JsonElement> GetAsync(HttpClient client, string path) =>
        await client.GetFromJsonAsync<JsonElement>(path, TestContext.Current.CancellationToken);

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}

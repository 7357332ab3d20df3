using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using NodaTime;
using Parking.Api.Tests.Infrastructure;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Stays;

/// <summary>Stays that nobody ends: longer than three days is not plausible at the demo's facilities.</summary>
public sealed class LongStayTests : IDisposable
{
    /// <summary>What 72 hours cost.</summary>
    private const long Longest = 32_000;

    private readonly ParkingApplication _app = new() { Replace = PricedCity.Use(_ => SampleTariffs.Stepped) };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task Stay_BeyondTheLongestPlausibleTime_IsAtRisk_AndItsDriverIsNotBilledBeyondIt()
    {
        await _app.DriveAsync("hsp-in-1", "alice", 1);
        await _app.UploadAsync("hsp-in-1", Passed(2, 1));
        _app.Time.Advance(TimeSpan.FromHours(72));

        Assert.Equal(("settled", Longest, null), await OpenAsync());
        Assert.Empty((await _app.AskAsync("/v1/risk")).GetProperty("sums").EnumerateArray());

        _app.Time.Advance(TimeSpan.FromHours(24));

        Assert.Equal(("conflicting", Longest, "too_long"), await OpenAsync());
        var sum = Assert.Single((await _app.AskAsync("/v1/risk")).GetProperty("sums").EnumerateArray());
        Assert.Equal(("conflicting", 1), (Text(sum, "state"), sum.GetProperty("stays").GetInt32()));
        Assert.True(sum.GetProperty("amount").GetInt64() > Longest, "the most that it can come to is that of all four days");

        Assert.Equal(Longest, (await _app.DriveAsync("hsp-out-1", "alice", 1)).Fee!.Total);
        using var alice = _app.CitizenClient("alice");
        var mine = await alice.GetFromJsonAsync<JsonElement>("/v1/me/stays", Cancelled);
        var stay = Assert.Single(mine.GetProperty("recent").EnumerateArray());
        Assert.Equal(("conflicting", "exited"), (Text(stay, "state"), Text(stay, "ending")));
    }

    [Fact]
    public async Task Operators_ListIt_AndCloseIt_AndTheSpaceIsFree()
    {
        await _app.DriveAsync("hsp-in-1", "robert", 1);
        var id = (await _app.DriveAsync("hsp-in-2", "alice", 1)).Stay!.Id;
        _app.Time.Advance(TimeSpan.FromHours(73));
        await _app.DriveAsync("hsp-out-1", "robert", 1);
        using var @operator = _app.OperatorClient();

        var listed = await _app.AskAsync("/v1/risk/stays?facility=hsp");
        Assert.Equal(
            ["conflicting", "conflicting"], listed.GetProperty("stays").EnumerateArray().Select(stay => Text(stay, "state")));
        Assert.Equal(0, listed.GetProperty("leftOut").GetInt32());
        Assert.Contains(id, listed.GetProperty("stays").EnumerateArray().Select(stay => Text(stay, "id")));

        var closed = await @operator.PostAsync($"/v1/stays/{id}/close", null, Cancelled);

        var stay = await closed.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        Assert.Equal(("inventory", "uncollectable"), (Text(stay, "ending"), Text(stay, "state")));
        Assert.Equal("closed", Text(stay.GetProperty("revisions").EnumerateArray().Last(), "cause"));
        Assert.Equal(0, (await _app.OccupancyOfAsync("hsp")).GetProperty("occupied").GetInt32());
        Assert.Equal(HttpStatusCode.OK, (await @operator.PostAsync($"/v1/stays/{id}/close", null, Cancelled)).StatusCode);
    }

    [Fact]
    public async Task ClosedStay_WhoseVehicleLeavesAfterAll_EndsWithItsExit()
    {
        var id = (await _app.DriveAsync("hsp-in-2", "alice", 1)).Stay!.Id;
        _app.Time.Advance(TimeSpan.FromHours(5));
        using var @operator = _app.OperatorClient();
        await @operator.PostAsync($"/v1/stays/{id}/close", null, Cancelled);
        _app.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(id, (await _app.DriveAsync("hsp-out-1", "alice", 1)).Stay!.Id);

        await ProblemAssert.IsAsync(
            await @operator.PostAsync($"/v1/stays/{id}/close", null, Cancelled), HttpStatusCode.Conflict, "stay-has-ended");
    }

    [Theory]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("not-a-name")]
    public async Task Closing_AStayThatIsNone_IsNotFound(string name)
    {
        using var @operator = _app.OperatorClient();

        await ProblemAssert.IsAsync(
            await @operator.PostAsync($"/v1/stays/{name}/close", null, Cancelled), HttpStatusCode.NotFound, "stay-not-found");
    }

    [Fact]
    public async Task Citizens_NeitherListNorClose()
    {
        var id = (await _app.DriveAsync("hsp-in-2", "alice", 1)).Stay!.Id;
        using var alice = _app.CitizenClient("alice");

        Assert.Equal(HttpStatusCode.Forbidden, (await alice.GetAsync("/v1/risk/stays", Cancelled)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await alice.PostAsync($"/v1/stays/{id}/close", null, Cancelled)).StatusCode);
    }

    private static ReportedAct Passed(long seq, long scan) =>
        new() { Seq = seq, DeviceTime = Instant.FromUtc(2026, 5, 4, 8, 30, 17), Act = BarrierAct.Passed, Scan = scan };

    private async Task<(string? State, long Total, string? Doubts)> OpenAsync()
    {
        using var alice = _app.CitizenClient("alice");
        var stay = Assert.Single(
            (await alice.GetFromJsonAsync<JsonElement>("/v1/me/stays", Cancelled)).GetProperty("open").EnumerateArray());
        var doubts = stay.TryGetProperty("doubts", out var told)
            ? string.Join(' ', told.EnumerateArray().Select(doubt => doubt.GetString()))
            : null;
        return (Text(stay, "state"), stay.GetProperty("quote").GetProperty("total").GetInt64(), doubts);
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}

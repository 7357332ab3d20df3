using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Parking.Api.Archive;
using Parking.Api.Tests.Infrastructure;
using Parking.Contracts;

namespace Parking.Api.Tests.Archive;

/// <summary>Searching the archive over HTTP.</summary>
public sealed class ArchiveSearchTests : IDisposable
{
    private const string Plate = "沪A12345";

    private readonly ParkingApplication _app = new();
    private readonly HttpClient _operator;
    private long _seq;

    public ArchiveSearchTests() => _operator = _app.OperatorClient();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _operator.Dispose();
        _app.Dispose();
    }

    [Fact]
    public async Task Stay_IsFound_ById_ByFacility_ByGate_ByState_AndByPlate()
    {
        var id = await ParkAsync("alice", Plate);
        await DrainAsync();

        var whole = await _operator.GetFromJsonAsync<ArchivedStayAnswer>($"/v1/archive/stays/{id}", ContractJson.Options, Cancellation);

        var revision = Assert.Single(whole!.Revisions);
        Assert.Equal((id, "hsp", "hsp-in-1", "hsp-out-1", 1), (
            whole.Stay.Id, whole.Stay.Facility, whole.Stay.EntryGate, whole.Stay.ExitGate, whole.Stay.Revision));
        Assert.Equal((revision.Total, revision.Currency), (revision.Displayed, "CNY"));
        Assert.Equal(revision.Total!.Value, revision.Lines!.Sum(line => line.Amount));
        Assert.All(revision.Lines!, line => Assert.False(string.IsNullOrEmpty(line.Text.Zh) || string.IsNullOrEmpty(line.Text.En)));
        Assert.Equal([id], await SearchAsync("facility=hsp"));
        Assert.Equal([id], await SearchAsync("facility=hsp&state=provisional&from=2026-05-04T00:00:00Z&to=2026-05-05T00:00:00Z"));
        Assert.Equal([id], await SearchAsync("gate=hsp-in-1"));
        Assert.Equal([id], await SearchAsync("gate=hsp-out-1&from=2026-05-04T00:00:00Z"));
        Assert.Equal([id], await ByPlateAsync("沪A·12345"));
        Assert.Equal([id], await SearchAsync("facility=hsp&passage=entry&to=2026-05-04T09:00:00Z"));
        Assert.Equal([id], await SearchAsync("facility=hsp&passage=exit&from=2026-05-04T09:00:00Z"));
        Assert.Empty(await SearchAsync("facility=hsp&passage=entry&from=2026-05-04T09:00:00Z"));
        Assert.Empty(await SearchAsync("facility=hsp&passage=exit&to=2026-05-04T09:00:00Z"));
        Assert.Empty(await SearchAsync("facility=hsp&state=settled"));
        Assert.Empty(await SearchAsync("gate=hsp-in-1&to=2026-05-04T00:00:00Z"));
        Assert.Empty(await SearchAsync("facility=yuyuan"));
        Assert.Empty(await ByPlateAsync("沪B00000"));
    }

    [Fact]
    public async Task OpenStays_ComeOldestFirst_PageByPage()
    {
        var stays = new List<string>();
        for (var n = 0; n < 5; n++)
        {
            stays.Add((await _app.DriveAsync("hsp-in-1", $"driver-{n}", ++_seq)).Stay!.Id);
            _app.Time.Advance(TimeSpan.FromMinutes(1));
        }

        await ParkAsync("somebody", null);
        await DrainAsync();

        var found = new List<string>();
        string? cursor = null;
        do
        {
            var page = await _operator.GetFromJsonAsync<ArchivedStaysAnswer>(
                $"/v1/archive/stays?facility=hsp&open=true&limit=2{(cursor is null ? "" : $"&cursor={cursor}")}",
                ContractJson.Options,
                Cancellation);
            Assert.True(page!.Stays.Count <= 2);
            found.AddRange(page.Stays.Select(stay => stay.Id));
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(stays, found);
    }

    [Fact]
    public async Task Stay_OfWhoeverWasErased_IsNotFound()
    {
        var id = await ParkAsync("alice", Plate);
        await DrainAsync();
        using var phone = _app.CitizenClient("alice");
        (await phone.DeleteAsync("/v1/me", Cancellation)).EnsureSuccessStatusCode();

        using var gone = await _operator.GetAsync($"/v1/archive/stays/{id}", Cancellation);

        await ProblemAssert.IsAsync(gone, HttpStatusCode.NotFound, "stay-not-archived");
        Assert.Empty(await SearchAsync("facility=hsp"));
        Assert.Empty(await ByPlateAsync(Plate));
    }

    [Theory]
    [InlineData("", "facility")]
    [InlineData("?facility=hsp&gate=hsp-in-1", "facility")]
    [InlineData("?facility=hsp&limit=0", "limit")]
    [InlineData("?facility=hsp&limit=201", "limit")]
    [InlineData("?facility=hsp&from=yesterday", "from")]
    [InlineData("?facility=hsp&to=2026-05-04", "to")]
    [InlineData("?facility=hsp&cursor=7", "cursor")]
    [InlineData("?facility=hsp&cursor=9223372036854775807-ffffffffffffffffffffffffffffffff", "cursor")]
    [InlineData("?facility=hsp&cursor=0-%00fffffffffffffffffffffffffffffff", "cursor")]
    [InlineData("?facility=hsp&state=2", "state")]
    [InlineData("?facility=hsp&open=true&state=settled", "open")]
    [InlineData("?gate=hsp-in-1&state=settled", "state")]
    [InlineData("?facility=hsp&passage=through", "passage")]
    [InlineData("?facility=hsp&passage=exit&state=settled", "passage")]
    [InlineData("?gate=hsp-in-1&passage=exit", "passage")]
    [InlineData("?gate=hsp-in-1&open=true", "open")]
    [InlineData("?case=1042-8&passage=exit", "passage")]
    [InlineData("?case=1042-8&open=true", "open")]
    [InlineData("?case=1042-8&state=settled", "state")]
    [InlineData("?case=1042-8&from=2026-05-04T00:00:00Z", "from")]
    [InlineData("?case=1042-8&to=2026-05-04T00:00:00Z", "to")]
    [InlineData("?case=1042-8&cursor=0-ffffffffffffffffffffffffffffffff", "cursor")]
    public async Task Search_ThatMakesNoSense_NamesTheMember(string query, string member)
    {
        using var refused = await _operator.GetAsync($"/v1/archive/stays{query}", Cancellation);

        await AssertNamesAsync(refused, member);
    }

    /// <summary>The reason goes into the audit, where no plate may be.</summary>
    [Theory]
    [InlineData(Plate, " ", "reason")]
    [InlineData(Plate, "\u3164\u3164\u3164", "reason")]
    [InlineData(Plate, "looks for 沪\u200BA12\u200B345, stolen", "reason")]
    [InlineData(Plate, "looks for 沪a-12345, stolen", "reason")]
    [InlineData("沪A#12", "stolen", "plate")]
    public async Task SearchByPlate_ThatMakesNoSense_NamesTheMember(string plate, string reason, string member)
    {
        using var refused = await _operator.PostAsJsonAsync(
            "/v1/archive/stays/by-plate", new PlateSearchRequest(plate, reason), ContractJson.Options, Cancellation);

        await AssertNamesAsync(refused, member);
        Assert.DoesNotContain(_app.Log.Lines, line => line.Contains("12345", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Search_ByACitizen_IsForbidden()
    {
        using var citizen = _app.CitizenClient("alice");
        using var refused = await citizen.GetAsync("/v1/archive/stays?facility=hsp", Cancellation);

        await ProblemAssert.IsAsync(refused, HttpStatusCode.Forbidden, "forbidden", "needed");
    }

    /// <summary>The database is where no database is: the service starts, decides, and says so.</summary>
    [Fact]
    public async Task Archive_ThatIsAway_IsA503_AndGatesNoticeNothing()
    {
        using var app = new ParkingApplication(("BackOffice:Postgres", "Host=127.0.0.1;Port=1;Database=none;Username=nobody"));
        var entered = await app.DriveAsync("hsp-in-1", "alice", 1);
        await app.Services.GetRequiredService<DrainService>().CatchUpAsync(Cancellation);
        using var people = app.OperatorClient();

        using var refused = await people.GetAsync("/v1/archive/stays?facility=hsp", Cancellation);
        await ProblemAssert.IsAsync(refused, HttpStatusCode.ServiceUnavailable, "back-office-unavailable");
        using var ready = await people.GetAsync("/health/ready", Cancellation);

        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        Assert.Contains("The archive is out of reach", await ready.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal(GateProtocol.ScanReason.Exited, (await app.DriveAsync("hsp-out-1", "alice", 1)).Reason);
        Assert.Equal(GateProtocol.ScanReason.Entered, entered.Reason);
    }

    private async Task<string> ParkAsync(string citizen, string? plate)
    {
        if (plate is not null)
        {
            await _app.ListCarsAsync(citizen, plate);
        }

        await _app.DriveAsync("hsp-in-1", citizen, ++_seq, plate);
        _app.Time.Advance(TimeSpan.FromMinutes(65));
        return (await _app.DriveAsync("hsp-out-1", citizen, ++_seq, plate)).Stay!.Id;
    }

    private Task DrainAsync() => _app.Services.GetRequiredService<DrainService>().CatchUpAsync(Cancellation);

    private async Task<IEnumerable<string>> SearchAsync(string query) => (await _operator.GetFromJsonAsync<ArchivedStaysAnswer>(
        $"/v1/archive/stays?{query}", ContractJson.Options, Cancellation))!.Stays.Select(stay => stay.Id);

    private async Task<IEnumerable<string>> ByPlateAsync(string plate)
    {
        using var response = await _operator.PostAsJsonAsync(
            "/v1/archive/stays/by-plate", new PlateSearchRequest(plate, "lost property"), ContractJson.Options, Cancellation);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<ArchivedStaysAnswer>(ContractJson.Options, Cancellation))!
            .Stays.Select(stay => stay.Id);
    }

    private static async Task AssertNamesAsync(HttpResponseMessage refused, string member)
    {
        await ProblemAssert.IsAsync(refused, HttpStatusCode.BadRequest, "invalid-request");
        var problem = JsonElement.Parse(await refused.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal([member], problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Parking.Api.Archive;
using Parking.Api.Tests.Cases;
using Parking.Api.Tests.Infrastructure;
using Parking.Contracts;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Archive;

/// <summary>What citizens read of their own stays in the archive, over HTTP.</summary>
public sealed class MyArchiveTests : IDisposable
{
    private const string Plate = "沪A12345", Mine = "/v1/me/archive/stays";

    private readonly ParkingApplication _app = new();
    private long _seq;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task Stays_ComeNewestFirst_PageByPage_AndAreOnesOwn()
    {
        var stays = new List<string>();
        for (var n = 0; n < 5; n++)
        {
            stays.Insert(0, await ParkAsync("alice"));
            await ParkAsync("robert");
        }

        await _app.DriveAsync("hsp-in-1", "alice", ++_seq);
        await DrainAsync();

        var found = new List<string>();
        string? cursor = null;
        do
        {
            var page = await ListAsync("alice", $"?limit=2{(cursor is null ? "" : $"&cursor={cursor}")}");
            Assert.True(page.Stays.Count <= 2);
            found.AddRange(page.Stays.Select(stay => stay.Id));
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(stays, found);
    }

    [Fact]
    public async Task Stay_IsThere_WithItsFeeAndItsPlate()
    {
        await _app.ListCarsAsync("alice", Plate);
        var id = await ParkAsync("alice", Plate);
        await DrainAsync();

        var stay = Assert.Single((await ListAsync("alice")).Stays);
        Assert.Equal((id, "hsp", Plate, StayEnding.Exited, StayState.Provisional), (
            stay.Id, stay.Facility, stay.Plate, stay.Ending, stay.State));
        Assert.Equal(("hsp-in-1", "hsp-out-1"), (stay.EntryGate, stay.ExitGate));
        Assert.Equal(Duration.FromMinutes(65), stay.ExitedAt - stay.EnteredAt);
        Assert.Equal("CNY", stay.Currency);

        var whole = await GetAsync("alice", id);
        var version = Assert.Single(whole.Versions);
        Assert.Equal(stay, whole.Stay);
        Assert.Empty(version.Changes);
        Assert.Equal((stay.Total, stay.Total), (version.Total, version.Displayed));
        Assert.Equal(stay.Total!.Value, version.Lines!.Sum(line => line.Amount));
    }

    [Fact]
    public async Task Export_HasEveryArchivedStay_AndNobodyElses()
    {
        await _app.ListCarsAsync("alice", Plate);
        await ParkAsync("alice", Plate);
        await ParkAsync("robert");
        await ParkAsync("alice", Plate);
        await DrainAsync();

        using var client = _app.CitizenClient("alice");
        var export = await client.GetFromJsonAsync<ExportAnswer>("/v1/me/export", ContractJson.Options, Cancellation);

        var archived = (await ListAsync("alice")).Stays;
        Assert.Equal(2, archived.Count);
        Assert.Equal(archived, export!.ArchivedStays);
    }

    [Fact]
    public async Task Version_SaysWhatChanged()
    {
        var id = await ParkAsync("alice");
        var (entry, exit) = (_seq - 1, _seq);
        await DrainAsync();
        await ReportPassedAsync("hsp-in-1", entry);
        await ReportPassedAsync("hsp-out-1", exit);
        await DrainAsync();

        var versions = (await GetAsync("alice", id)).Versions;

        Assert.Equal([1, 2], versions.Select(version => version.Version));
        Assert.Equal([new("state", "provisional", "settled")], versions[1].Changes);
        Assert.All(versions, version => Assert.Equal(versions[0].Total, version.Total));
    }

    [Fact]
    public async Task Stay_ThatIsPartOfAnother_NamesIt()
    {
        var early = await _app.FetchCodeAsync("alice");
        var entry = _app.Scan(early, ++_seq) with { Local = ScanReason.OpenedOffline };
        _app.Time.Advance(TimeSpan.FromMinutes(65));
        var part = (await _app.DriveAsync("hsp-out-1", "alice", ++_seq)).Stay!.Id;
        await DrainAsync();
        await _app.ScanAsync("hsp-in-1", entry);
        await DrainAsync();

        var stays = (await ListAsync("alice")).Stays;

        Assert.Equal(2, stays.Count);
        var superseded = Assert.Single(stays, stay => stay.Id == part);
        var whole = Assert.Single(stays, stay => stay.Id != part);
        Assert.Equal((StayState.Superseded, whole.Id), (superseded.State, superseded.SupersededBy));
        Assert.Null(whole.SupersededBy);
        var versions = (await GetAsync("alice", part)).Versions;
        Assert.Contains(new("state", "uncollectable", "superseded"), versions[^1].Changes);
    }

    [Fact]
    public async Task Stay_OfSomebodyElse_OrOfNone_OrErased_IsA404()
    {
        var others = await ParkAsync("robert");
        var own = await ParkAsync("alice");
        await DrainAsync();
        using var alice = _app.CitizenClient("alice");
        (await alice.DeleteAsync("/v1/me", Cancellation)).EnsureSuccessStatusCode();

        foreach (var id in new[] { others, own, new('0', 32), "mine" })
        {
            using var refused = await alice.GetAsync($"{Mine}/{id}", Cancellation);
            await ProblemAssert.IsAsync(refused, HttpStatusCode.NotFound, "stay-not-archived");
        }

        Assert.Empty((await ListAsync("alice")).Stays);
    }

    [Fact]
    public async Task Member_OfASharedVehicle_DoesNotSeeItsEndedStays()
    {
        await _app.ListCarsAsync("alice", Plate);
        await _app.ShareAsync("alice", "robert", Plate);
        var id = await ParkAsync("robert", Plate);
        await DrainAsync();

        Assert.Empty((await ListAsync("robert")).Stays);
        Assert.Equal(id, Assert.Single((await ListAsync("alice")).Stays).Id);
        using var member = _app.CitizenClient("robert");
        using var refused = await member.GetAsync($"{Mine}/{id}", Cancellation);
        await ProblemAssert.IsAsync(refused, HttpStatusCode.NotFound, "stay-not-archived");
    }

    /// <summary>That the plate is parked there under somebody else is for operators.</summary>
    [Fact]
    public async Task Doubt_ThatConcernsSomebodyElse_IsNotTold()
    {
        await _app.ListCarsAsync("alice", Plate);
        await _app.ListCarsAsync("robert", Plate);
        await _app.DriveAsync("hsp-in-1", "robert", ++_seq, Plate);
        var id = (await _app.DriveAsync("hsp-out-1", "alice", ++_seq, Plate)).Stay!.Id;
        await DrainAsync();
        using var people = _app.OperatorClient();
        var told = await people.GetFromJsonAsync<ArchivedStayAnswer>($"/v1/archive/stays/{id}", ContractJson.Options, Cancellation);
        Assert.Contains(StayDoubt.OtherHolder, told!.Stay.Doubts!);

        using var alice = _app.CitizenClient("alice");
        var text = await alice.GetStringAsync(Mine, Cancellation) + await alice.GetStringAsync($"{Mine}/{id}", Cancellation);

        Assert.DoesNotContain("other_holder", text, StringComparison.Ordinal);
        Assert.Null(Assert.Single((await ListAsync("alice")).Stays).Doubts);
    }

    [Theory]
    [InlineData("?limit=0", "limit")]
    [InlineData("?limit=201", "limit")]
    [InlineData("?cursor=7", "cursor")]
    [InlineData("?cursor=0-%00fffffffffffffffffffffffffffffff", "cursor")]
    public async Task List_ThatMakesNoSense_NamesTheMember(string query, string member)
    {
        using var alice = _app.CitizenClient("alice");
        using var refused = await alice.GetAsync($"{Mine}{query}", Cancellation);

        await ProblemAssert.IsAsync(refused, HttpStatusCode.BadRequest, "invalid-request");
        var problem = JsonElement.Parse(await refused.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal([member], problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }

    [Fact]
    public async Task Answers_AreKeptNowhere()
    {
        var id = await ParkAsync("alice");
        await DrainAsync();
        using var alice = _app.CitizenClient("alice");

        foreach (var path in new[] { Mine, $"{Mine}/{id}", $"{Mine}/none" })
        {
            using var answer = await alice.GetAsync(path, Cancellation);
            Assert.True(answer.Headers.CacheControl!.NoStore);
        }
    }

    /// <summary>The live store's list of the last 30 days goes on.</summary>
    [Fact]
    public async Task Archive_ThatIsAway_IsA503_AndRecentStaysAreThere()
    {
        using var app = new ParkingApplication(("BackOffice:Postgres", "Host=127.0.0.1;Port=1;Database=none;Username=nobody"));
        await app.DriveAsync("hsp-in-1", "alice", 1);
        var id = (await app.DriveAsync("hsp-out-1", "alice", 1)).Stay!.Id;
        using var alice = app.CitizenClient("alice");

        foreach (var path in new[] { Mine, $"{Mine}/{id}" })
        {
            using var refused = await alice.GetAsync(path, Cancellation);
            await ProblemAssert.IsAsync(refused, HttpStatusCode.ServiceUnavailable, "back-office-unavailable");
            Assert.NotNull(refused.Headers.RetryAfter);
        }

        Assert.Equal(id, Assert.Single((await app.StaysOfAsync("alice")).Recent).Id);
    }

    private async Task<string> ParkAsync(string citizen, string? plate = null)
    {
        await _app.DriveAsync("hsp-in-1", citizen, ++_seq, plate);
        _app.Time.Advance(TimeSpan.FromMinutes(65));
        return (await _app.DriveAsync("hsp-out-1", citizen, ++_seq, plate)).Stay!.Id;
    }

    private Task ReportPassedAsync(string gate, long scan) => _app.UploadAsync(gate, new ReportedAct
    {
        Seq = ++_seq,
        DeviceTime = Instant.FromDateTimeOffset(_app.Time.GetUtcNow()),
        Act = BarrierAct.Passed,
        Scan = scan,
    });

    private Task DrainAsync() => _app.Services.GetRequiredService<DrainService>().CatchUpAsync(Cancellation);

    private Task<MyArchivedStaysAnswer> ListAsync(string citizen, string query = "") =>
        ReadAsync<MyArchivedStaysAnswer>(citizen, $"{Mine}{query}");

    private Task<MyArchivedStayAnswer> GetAsync(string citizen, string id) => ReadAsync<MyArchivedStayAnswer>(citizen, $"{Mine}/{id}");

    private async Task<T> ReadAsync<T>(string citizen, string path)
    {
        using var phone = _app.CitizenClient(citizen);
        using var answer = await phone.GetAsync(path, Cancellation);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
        return await answer.ReadAsync<T>();
    }
}

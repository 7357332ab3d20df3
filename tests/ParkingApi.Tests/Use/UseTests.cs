using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Parking.Api.Archive;
using Parking.Api.Tests.Infrastructure;
using Parking.Api.Use;
using Parking.Contracts;

namespace Parking.Api.Tests.Use;

/// <summary>How facilities were used, over HTTP.</summary>
public sealed class UseTests : IDisposable
{
    private const string Days = "from=2026-05-01&to=2026-05-07";

    private static readonly LocalDate Monday = new(2026, 5, 4);

    private readonly ParkingApplication _app = new();
    private readonly HttpClient _operator;
    private long _seq;

    public UseTests() => _operator = _app.OperatorClient();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _operator.Dispose();
        _app.Dispose();
    }

    [Fact]
    public async Task DayOfAFacility_HasWhatHappenedThere_ByItsOwnClocks()
    {
        // Of the first day it depends on the timer from when it is known.
        await ComputeAsync();
        _app.Time.Advance(TimeSpan.FromDays(1));
        await ParkAsync("alice", 90);
        await ParkAsync("robert", 30);
        _app.Time.Advance(TimeSpan.FromDays(1));
        await ComputeAsync();

        var use = await AskAsync<FacilityUseAnswer>($"/v1/facilities/hsp/use?{Days}");

        Assert.Equal(("hsp", "Asia/Shanghai", new LocalDate(2026, 5, 1), new LocalDate(2026, 5, 7)), (
            use.Facility, use.TimeZone, use.From, use.To));
        Assert.Equal([Monday, Monday.PlusDays(1), Monday.PlusDays(2)], use.Days.Select(day => day.Day));
        var day = use.Days[1];
        Assert.Equal((Instant.FromUtc(2026, 5, 4, 16, 0), Instant.FromUtc(2026, 5, 5, 16, 0), true), (day.Start, day.End, day.IsWhole));
        Assert.Equal((2, 2, 2, 320), (day.Sum.Entries, day.Sum.Exits, day.Sum.Provisional, day.Capacity));
        Assert.Equal(Math.Round(2 / 320.0, 2), day.Sum.Turnover);
        Assert.Equal((30, 40), (day.Sum.DwellP50!.AtLeast, day.Sum.DwellP50.Below));
        Assert.Equal((90, 105), (day.Sum.DwellP90!.AtLeast, day.Sum.DwellP90.Below));
        Assert.Equal([(30, 1), (90, 1)], day.Dwell.Select(bucket => (bucket.AtLeast, (int)bucket.Stays)));
        Assert.Equal(24, day.Hours.Count);
        Assert.Equal(2.0, day.Hours.Sum(hour => hour.Occupied), 0.05);
        Assert.Equal(3, use.Sum.Days);
        Assert.False(use.Days[2].IsWhole);
        Assert.Null(use.Days[2].Sum.Turnover);
    }

    [Fact]
    public async Task Facilities_ComeInTheOrderOfTheCity_PageByPage_AsFarAsTheCallerMayWatch()
    {
        await ParkAsync("alice", 90);
        await ComputeAsync();
        using var watcher = _app.OperatorClient("watcher", ["watch@facility:yuyuan", "operate@facility:hsp"]);

        var own = await watcher.GetFromJsonAsync<CityUseAnswer>($"/v1/use?{Days}", ContractJson.Options, Cancellation);
        var all = new List<FacilityUse>();
        string? after = null;
        do
        {
            var page = await AskAsync<CityUseAnswer>($"/v1/use?{Days}&limit=2{(after is null ? "" : $"&after={after}")}");
            Assert.InRange(page.Facilities.Count, 1, 2);
            all.AddRange(page.Facilities);
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(["hsp", "yuyuan"], own!.Facilities.Select(one => one.Facility).Order());
        var city = _app.Services.GetRequiredService<Parking.Facilities.CityDirectory>();
        Assert.Equal(city.Facilities.Select(one => one.Id.Value), all.Select(one => one.Facility));
        Assert.Equal([1, 0], all.Select(one => one.Sum.Exits).Distinct().OrderDescending().Select(exits => (int)exits));
        Assert.All(all, one => Assert.Equal(1, one.Sum.Days));
    }

    [Fact]
    public async Task DayThatWasNeverComputed_IsUnknown()
    {
        await ComputeAsync();

        var use = await AskAsync<FacilityUseAnswer>("/v1/facilities/hsp/use?from=2025-01-01&to=2025-01-02");

        Assert.Empty(use.Days);
        Assert.Equal((0, null, null), (use.Sum.Days, use.Sum.Turnover, use.Sum.OccupancyPercent));
    }

    [Fact]
    public async Task Table_OfAFacility_NamesItsZone_AndHasALineForEachDay()
    {
        await ParkAsync("alice", 90);
        _app.Time.Advance(TimeSpan.FromDays(1));
        await ComputeAsync();

        using var answer = await _operator.GetAsync($"/v1/facilities/hsp/use?{Days}&format=csv", Cancellation);
        var text = await answer.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("use-hsp-2026-05-01-2026-05-07.csv", answer.Content.Headers.ContentDisposition!.FileName);
        var lines = text.Split("\r\n");
        Assert.StartsWith("day (Asia/Shanghai),whole,capacity,entries,exits,turnover,", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("2026-05-04,yes,320,1,1,0,97.5,97.5,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("2026-05-05,no,320,0,0,,,,", lines[2], StringComparison.Ordinal);
        Assert.Equal("", lines[3]);
        Assert.All(lines[..3], line => Assert.Equal(lines[0].Split(',').Length, line.Split(',').Length));
    }

    [Fact]
    public async Task Table_OfFacilities_HasALineForEach()
    {
        await ComputeAsync();

        using var answer = await _operator.GetAsync($"/v1/use?{Days}&format=csv", Cancellation);
        var lines = (await answer.Content.ReadAsStringAsync(Cancellation)).Split("\r\n");

        Assert.Equal("use-facilities-2026-05-01-2026-05-07.csv", answer.Content.Headers.ContentDisposition!.FileName);
        Assert.StartsWith("facility,time_zone,days,entries,", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.StartsWith("hsp,Asia/Shanghai,1,0,0,", StringComparison.Ordinal));
        Assert.Equal(
            _app.Services.GetRequiredService<Parking.Facilities.CityDirectory>().Facilities.Length + 2, lines.Length);
    }

    /// <summary>The archive says it: no timeline is read.</summary>
    [Fact]
    public async Task StaysInDoubtNow_AreThoseOfTheArchive_WhicheverDaysAreAskedFor()
    {
        await ParkAsync("alice", 90);
        await _app.DriveAsync("yuyuan-in-1", "robert", ++_seq);
        await ComputeAsync();

        var use = await AskAsync<CityUseAnswer>("/v1/use?from=2025-01-01&to=2025-01-02&limit=200");

        Assert.Equal(["hsp", "yuyuan"], use.Facilities.Where(one => one.InDoubt.Provisional == 1).Select(one => one.Facility).Order());
        Assert.Equal(2, use.Facilities.Sum(one => one.InDoubt.Provisional + one.InDoubt.Conflicting + one.InDoubt.Uncollectable));
        Assert.Single(use.Facilities.Select(one => one.InDoubt.Since).Distinct());
    }

    [Fact]
    public async Task Table_OfFacilities_IsMadeOneAtATime()
    {
        await ComputeAsync();
        using (_app.Services.GetRequiredService<UseTables>().Begin())
        {
            using var refused = await _operator.GetAsync($"/v1/use?{Days}&format=csv", Cancellation);

            await ProblemAssert.IsAsync(refused, HttpStatusCode.TooManyRequests, "too-many-tables");
            Assert.NotNull(refused.Headers.RetryAfter!.Delta);
        }

        for (var n = 0; n < 2; n++)
        {
            using var made = await _operator.GetAsync($"/v1/use?{Days}&format=csv", Cancellation);
            Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        }
    }

    [Theory]
    [InlineData("?to=2026-05-07", "from")]
    [InlineData("?from=2026-05-01", "to")]
    [InlineData("?from=yesterday&to=2026-05-07", "from")]
    [InlineData("?from=2026-05-07&to=2026-05-01", "to")]
    [InlineData("?from=2026-01-01&to=2026-04-03", "to")]
    [InlineData("?from=2026-05-01&to=2026-05-07&format=xml", "format")]
    public async Task Question_ThatMakesNoSense_NamesTheMember(string query, string member)
    {
        foreach (var path in new[] { "/v1/use", "/v1/facilities/hsp/use" })
        {
            using var refused = await _operator.GetAsync($"{path}{query}", Cancellation);

            await AssertNamesAsync(refused, member);
        }
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=201", "limit")]
    [InlineData("after=atlantis", "after")]
    public async Task Page_ThatMakesNoSense_NamesTheMember(string query, string member)
    {
        using var refused = await _operator.GetAsync($"/v1/use?{Days}&{query}", Cancellation);

        await AssertNamesAsync(refused, member);
    }

    [Fact]
    public async Task Range_OfNinetyTwoDays_IsTheLongest() =>
        Assert.Empty((await AskAsync<FacilityUseAnswer>("/v1/facilities/hsp/use?from=2026-01-01&to=2026-04-02")).Days);

    [Fact]
    public async Task Use_WithoutTheDatabase_IsA503()
    {
        using var app = new ParkingApplication(("BackOffice:Postgres", "Host=127.0.0.1;Port=1;Database=none;Username=nobody"));
        using var people = app.OperatorClient();
        await app.Services.GetRequiredService<UseService>().CatchUpAsync(Cancellation);

        using var refused = await people.GetAsync($"/v1/use?{Days}", Cancellation);

        await ProblemAssert.IsAsync(refused, HttpStatusCode.ServiceUnavailable, "back-office-unavailable");
        using var table = await people.GetAsync($"/v1/use?{Days}&format=csv", Cancellation);
        await ProblemAssert.IsAsync(table, HttpStatusCode.ServiceUnavailable, "back-office-unavailable");
    }

    private async Task ParkAsync(string citizen, int minutes)
    {
        await _app.DriveAsync("hsp-in-1", citizen, ++_seq);
        _app.Time.Advance(TimeSpan.FromMinutes(minutes));
        await _app.DriveAsync("hsp-out-1", citizen, ++_seq);
    }

    private async Task ComputeAsync()
    {
        await _app.Services.GetRequiredService<DrainService>().CatchUpAsync(Cancellation);
        await _app.Services.GetRequiredService<UseService>().CatchUpAsync(Cancellation);
    }

    private async Task<T> AskAsync<T>(string path) =>
        (await _operator.GetFromJsonAsync<T>(path, ContractJson.Options, Cancellation))!;

    private static async Task AssertNamesAsync(HttpResponseMessage refused, string member)
    {
        await ProblemAssert.IsAsync(refused, HttpStatusCode.BadRequest, "invalid-request");
        var problem = JsonElement.Parse(await refused.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal([member], problem.GetProperty("errors").EnumerateObject().Select(one => one.Name));
    }
}

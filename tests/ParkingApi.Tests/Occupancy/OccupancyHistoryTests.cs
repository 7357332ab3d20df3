using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using NodaTime.Extensions;
using Parking.Api.Occupancy;
using Parking.Api.Tests.Gates;
using Parking.Api.Tests.Infrastructure;
using Parking.Api.Tests.LiveStore;
using Parking.Facilities;
using Parking.Occupancy;

namespace Parking.Api.Tests.Occupancy;

public sealed class OccupancyHistoryTests : IAsyncLifetime
{
    private readonly SqliteUnderTest _subject = new();
    private readonly GateWorld _world;
    private readonly FacilityWatch _watch;
    private readonly OccupancyBoard _board;
    private readonly FacilityLookout _lookout;
    private readonly OccupancyHistory _history;

    public OccupancyHistoryTests()
    {
        _world = new(_subject.Live, _subject.Holders);
        var clock = _world.Time.ToClock();
        _watch = new FacilityWatch(
            _subject.Live, _subject.Live, _subject.Live, _world.City, new FacilityStates(), clock, NullLogger<FacilityWatch>.Instance);
        _lookout = new FacilityLookout(_watch, _world.City, _world.Time, NullLogger<FacilityLookout>.Instance);
        _board = new OccupancyBoard(_watch, _world.City, clock);
        _history = new OccupancyHistory(_board, _world.City, _world.Time);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _history.Dispose();
        _lookout.Dispose();
        await _subject.DisposeAsync();
    }

    [Theory]
    [InlineData("Asia/Shanghai", "2030-05-03T15:59:59Z", 288, "2030-05-02T16:00:00Z")]
    [InlineData("Asia/Shanghai", "2030-05-03T16:00:00Z", 1, "2030-05-03T16:00:00Z")]
    [InlineData("Asia/Kathmandu", "2030-05-03T18:19:00Z", 1, "2030-05-03T18:15:00Z")]
    [InlineData("Europe/Amsterdam", "2030-03-31T21:59:59Z", 276, "2030-03-30T23:00:00Z")]
    [InlineData("Europe/Amsterdam", "2030-10-27T22:59:59Z", 300, "2030-10-26T22:00:00Z")]
    [InlineData("America/Santiago", "2030-09-08T04:02:00Z", 1, "2030-09-08T04:00:00Z")]
    public void Today_BeginsAtTheFacilitysMidnight_AndEndsNow(string zone, string now, int steps, string from)
    {
        _world.Time.AdjustTime(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture));

        var today = _history.TodayOf(Facility("large") with { TimeZone = DateTimeZoneProviders.Tzdb[zone] });

        Assert.Equal((from, steps), (today.From.ToString(), today.Numbers.Count));
        Assert.All(today.Numbers, Assert.Null);
    }

    [Fact]
    public async Task Step_HasTheFirstNumberThatWasShownInIt()
    {
        _world.Time.AdjustTime(new(2030, 5, 3, 0, 9, 59, TimeSpan.Zero));
        await NoteAsync();
        await _world.DriveAsync("large-in-0", new(1));
        await NoteAsync();
        _world.Time.Advance(TimeSpan.FromSeconds(1));
        await NoteAsync();
        await _world.DriveAsync("large-in-0", new(2));
        await NoteAsync();
        _world.Time.Advance(TimeSpan.FromMinutes(10));
        await NoteAsync();

        Assert.Equal([null, 0, 1, null, 2], Numbers("large"));
        Assert.Equal([null, 0, 0, null, 0], Numbers("other"));
    }

    [Fact]
    public async Task Step_InWhichTheStoreCameBack_HasTheNumberSinceThen()
    {
        _world.Time.AdjustTime(new(2030, 5, 3, 0, 0, 0, TimeSpan.Zero));
        await NoteAsync();
        _world.Time.Advance(TimeSpan.FromMinutes(5));
        _board.Take(new(_watch.NextLook(), _world.Now, Facilities: null));
        await _history.CatchUpAsync(TestContext.Current.CancellationToken);
        Assert.Equal([0, null], Numbers("large"));

        _world.Time.Advance(TimeSpan.FromSeconds(299));
        await NoteAsync();

        Assert.Equal([0, 0], Numbers("large"));
    }

    [Fact]
    public async Task Yesterday_IsNotTakenForToday()
    {
        _world.Time.AdjustTime(new(2030, 5, 3, 0, 0, 0, TimeSpan.Zero));
        await NoteAsync();
        _world.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal([null], Numbers("large"));

        // The memory comes round after two days of 25 hours.
        _world.Time.Advance(TimeSpan.FromHours(26));
        Assert.All(Numbers("large"), Assert.Null);
        await NoteAsync();
        Assert.Equal(0, Numbers("large")[^1]);
    }

    [Fact]
    public async Task Endpoint_OfAServiceThatRuns_HasItsDaySinceItsStart()
    {
        using var app = new ParkingApplication();
        var (board, city) = (app.Services.GetRequiredService<OccupancyBoard>(), app.Services.GetRequiredService<CityDirectory>());
        await app.DriveAsync("yuyuan-in-1", "alice", 1);
        await app.PassUntilAsync(
            TimeSpan.FromSeconds(5), () => Task.FromResult(board.StatesOf([city.FindFacility(new("yuyuan"))!])[0].Shown == 1));
        app.Time.Advance(TimeSpan.FromMinutes(5));

        JsonElement day = default;
        await app.PassUntilAsync(TimeSpan.FromSeconds(5), async () =>
        {
            day = await app.AskAsync("/v1/facilities/yuyuan/occupancy/today");
            return day.GetProperty("occupied").EnumerateArray().Last().ToString() == "1";
        });

        Assert.Equal(
            ("yuyuan", "Asia/Shanghai", "2026-05-03T16:00:00Z", 300),
            (
                day.GetProperty("facility").GetString(),
                day.GetProperty("timeZone").GetString(),
                day.GetProperty("from").GetString(),
                day.GetProperty("stepSeconds").GetInt32()));
        var known = day.GetProperty("occupied").EnumerateArray().Index().Where(one => one.Item.ValueKind != JsonValueKind.Null).ToList();
        Assert.Equal([(198, 0), (199, 1)], known.Select(one => (one.Index, one.Item.GetInt32())));
    }

    private async Task NoteAsync()
    {
        _board.Take(await _lookout.LookAsync());
        await _history.CatchUpAsync(TestContext.Current.CancellationToken);
    }

    private IReadOnlyList<int?> Numbers(string facility) =>
        _history.TodayOf(Facility(facility) with { TimeZone = DateTimeZone.Utc }).Numbers;

    private Facility Facility(string id) => _world.City.FindFacility(new(id))!;
}

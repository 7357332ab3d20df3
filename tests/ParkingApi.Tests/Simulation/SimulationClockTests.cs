using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using NodaTime;
using NodaTime.Extensions;
using NodaTime.Text;
using Parking.Api.Hosting.Limits;
using Parking.Api.Tests.Infrastructure;
using Parking.Codes;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Ports;

namespace Parking.Api.Tests.Simulation;

/// <summary>Virtual time: it moves when it is told to, forward, while nothing is in flight. Everything in the service goes by it.</summary>
public sealed class SimulationClockTests
{
    private const string Later = "2016-02-01T09:30:00Z";

    private static readonly string[] Limits =
    [
        "RateLimits:DeviceCallsPerMinute", "RateLimits:MintsPerMinute", "RateLimits:QuotesPerMinute", "RateLimits:ScansPerSecond",
    ];
    private static readonly FacilityId Yard = new("yuyuan");
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(20), Step = TimeSpan.FromMilliseconds(500);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Clock_NobodyMovesIt_StandsStill()
    {
        using var app = SimulatedTime.Begin();

        Assert.Equal(SimulatedTime.Start, await app.ClockAsync());
        Assert.Equal(SimulatedTime.Start, await app.ClockAsync());
    }

    [Fact]
    public async Task Advance_ToALaterTime_IsThere()
    {
        using var app = SimulatedTime.Begin();

        var answer = await app.AdvanceAsync(Later);

        Assert.Equal(Instant.FromUtc(2016, 2, 1, 9, 30), answer.Now);
        Assert.True(answer.Waited >= 0);
        Assert.Equal(Later, await app.ClockAsync());
    }

    /// <summary>Of answers and of refusals alike: a page that learns the time from the header must not learn two.</summary>
    [Theory]
    [InlineData("/v1/facilities", HttpStatusCode.OK)]
    [InlineData("/v1/me/stays", HttpStatusCode.Unauthorized)]
    [InlineData("/nowhere", HttpStatusCode.NotFound)]
    public async Task Date_OfEveryAnswer_IsVirtualTime(string path, HttpStatusCode status)
    {
        using var app = SimulatedTime.Begin();
        await app.AdvanceAsync(Later);
        using var client = app.CreateClient();

        using var response = await client.GetAsync(path, Cancellation);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(Instant.FromUtc(2016, 2, 1, 9, 30), response.Headers.Date?.ToInstant());
    }

    [Fact]
    public async Task Advance_ToTheSameTime_IsDoneAlready()
    {
        using var app = SimulatedTime.Begin();

        await app.AdvanceAsync(SimulatedTime.Start);

        Assert.Equal(SimulatedTime.Start, await app.ClockAsync());
    }

    [Fact]
    public async Task Advance_ToAnEarlierTime_IsRefusedAndNamesBoth()
    {
        using var app = SimulatedTime.Begin();

        using var response = await app.PostClockAsync("2016-02-01T07:59:59Z", Cancellation);

        var detail = await ProblemAssert.IsAsync(response, HttpStatusCode.Conflict, "clock-runs-forward");
        Assert.Contains("It is 2016-02-01T08:00:00Z, and 2016-02-01T07:59:59Z was asked for", detail, StringComparison.Ordinal);
        Assert.Equal(SimulatedTime.Start, await app.ClockAsync());
    }

    [Fact]
    public async Task Advance_BeyondAllTime_IsRefused()
    {
        using var app = SimulatedTime.Begin();

        using var response = await app.PostClockAsync("2100-01-01T00:00:01Z", Cancellation);

        await ProblemAssert.IsAsync(response, HttpStatusCode.BadRequest, "invalid-request");
    }

    [Theory]
    [InlineData("GET", "/simulation/clock")]
    [InlineData("POST", "/simulation/clock")]
    [InlineData("POST", "/simulation/settle")]
    [InlineData("POST", "/simulation/release")]
    public async Task Time_MovedByOthersThanOperators_StandsStill(string method, string path)
    {
        using var app = SimulatedTime.Begin();

        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync(app.AnonymousClient()));
        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync(app.GateClient("hsp-in-1")));
        Assert.Equal(HttpStatusCode.Forbidden, await CallAsync(app.CitizenClient("alice")));
        Assert.Equal(HttpStatusCode.Forbidden, await CallAsync(app.OperatorClient("olga", ["operate@city", "money@city"])));
        Assert.Equal(HttpStatusCode.Forbidden, await CallAsync(app.OperatorClient("olga", ["admin@district:huangpu"])));

        async Task<HttpStatusCode> CallAsync(HttpClient client)
        {
            using (client)
            {
                using var request =
                    new HttpRequestMessage(new(method), path) { Content = method == "GET" ? null : JsonContent.Create(new { to = Later }) };
                using var response = await client.SendAsync(request, Cancellation);
                return response.StatusCode;
            }
        }
    }

    [Fact]
    public async Task Release_ClockInThePast_BecomesTheMachinesAndGoesOnWithIt()
    {
        using var app = SimulatedTime.Begin();
        var machine = app.MachineClock;

        using var response = await app.ReleaseAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(machine.GetUtcNow().ToInstant(), await NowAsync(app));
        var later = machine.GetUtcNow().ToInstant() + Duration.FromSeconds(1);
        while (await NowAsync(app) < later)
        {
            machine.Advance(Step);
            await Task.Delay(PollEvery, Cancellation);
        }

        using var again = await app.ReleaseAsync();
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.InRange(await NowAsync(app), later, machine.GetUtcNow().ToInstant());
    }

    [Fact]
    public async Task Release_TimersOfTheService_GoOff()
    {
        using var app = SimulatedTime.Begin();
        await LeaveAScanPendingAsync(app);

        using var response = await app.ReleaseAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        while (await PendingAsync(app) > 0)
        {
            await Task.Delay(PollEvery, Cancellation);
        }
    }

    [Fact]
    public async Task Release_ClockLaterThanTheMachines_IsRefusedAndTheClockStands()
    {
        using var app = SimulatedTime.Begin();
        await app.AdvanceAsync("2099-01-01T00:00:00Z");

        using var response = await app.ReleaseAsync();

        await ProblemAssert.IsAsync(response, HttpStatusCode.Conflict, "clock-runs-forward");
        Assert.Equal("2099-01-01T00:00:00Z", await app.ClockAsync());
    }

    [Fact]
    public async Task Advance_ClockThatRunsByItself_IsRefused()
    {
        using var app = SimulatedTime.Begin();
        using var released = await app.ReleaseAsync();

        using var response = await app.PostClockAsync("2099-01-01T00:00:00Z", Cancellation);

        await ProblemAssert.IsAsync(response, HttpStatusCode.Conflict, "clock-runs-by-itself");
        Assert.True(await NowAsync(app) < Instant.FromUtc(2099, 1, 1, 0, 0));
    }

    [Fact]
    public async Task Advance_WithARequestInFlight_WaitsForIt_AndLaterRequestsWaitForTheAdvance()
    {
        var store = HeldStore.Create();
        var held = (HeldStore)(object)store;
        using var app = SimulatedTime.BeginOn(store);

        _ = app.Services;
        held.Hold();
        var first = AskAsync(app);
        await Task.WhenAny(held.Asked, first);
        var advance = app.AdvanceAsync(Later);
        await app.WaitUntilShutAsync();
        var second = AskAsync(app);

        // Its health and its time can still be asked.
        using var anybody = app.AnonymousClient();
        Assert.Equal(HttpStatusCode.OK, (await anybody.GetAsync("/health/ready", Cancellation)).StatusCode);
        Assert.Equal(SimulatedTime.Start, await app.ClockAsync());
        Assert.All(new Task[] { first, advance, second }, task => Assert.False(task.IsCompleted));

        held.LetGo();
        Assert.Equal(SimulatedTime.Start, await first);
        await advance;
        Assert.Equal(Later, await second);
    }

    [Fact]
    public async Task Advance_CallerGivesUp_LetsTheOthersOn()
    {
        var store = HeldStore.Create();
        var held = (HeldStore)(object)store;
        using var app = SimulatedTime.BeginOn(store);
        using var impatience = new CancellationTokenSource();

        _ = app.Services;
        held.Hold();
        var first = AskAsync(app);
        await Task.WhenAny(held.Asked, first);
        var advance = app.PostClockAsync(Later, impatience.Token);
        await app.WaitUntilShutAsync();
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => advance);
        held.LetGo();

        Assert.Equal(SimulatedTime.Start, await first);
        Assert.Equal(SimulatedTime.Start, await AskAsync(app));
    }

    [Fact]
    public async Task Stay_OfAnHourAndAHalfOfVirtualTime_CostsAsMuch()
    {
        using var app = SimulatedTime.Begin();

        Assert.Equal(ScanReason.Entered, (await app.DriveAsync("hsp-in-1", "alice", 1)).Reason);
        await app.AdvanceAsync(Later);
        var exit = await app.DriveAsync("hsp-out-1", "alice", 1);

        Assert.Equal(ScanReason.Exited, exit.Reason);
        Assert.Equal(Duration.FromMinutes(90), exit.Stay!.ExitedAt - exit.Stay.EnteredAt);
        Assert.True(exit.Fee!.Total > 0);
    }

    [Fact]
    public async Task Timers_DueAfterAnAdvance_GoOff()
    {
        using var app = SimulatedTime.Begin();
        await LeaveAScanPendingAsync(app);

        await app.AdvanceAsync(Later);

        while (await PendingAsync(app) > 0)
        {
            await Task.Delay(PollEvery, Cancellation);
        }
    }

    [Fact]
    public async Task Settle_WithTheClockStanding_LeavesNothingUndone()
    {
        using var app = SimulatedTime.Begin();
        await app.DriveAsync("hsp-in-1", "alice", 1);
        await LeaveAScanPendingAsync(app);
        var store = app.Services.GetRequiredService<ILiveStore>();
        Assert.NotEmpty(await store.OutgoingAsync(1));

        await app.SettleAsync();

        Assert.Equal(0, await PendingAsync(app));
        Assert.Empty(await store.OutgoingAsync(1));
        Assert.Equal(SimulatedTime.Start, await app.ClockAsync());
        Assert.Equal([0, 1], (await store.CountSpacesAsync([Yard, new("hsp")])));
    }

    [Fact]
    public async Task Settle_AfterMonths_HasNewKeys()
    {
        using var app = SimulatedTime.Begin();
        using var anybody = app.AnonymousClient();
        var before = await anybody.GetStringAsync("/.well-known/jwks.json", Cancellation);

        await app.AdvanceAsync("2016-06-01T00:00:00Z");
        await app.SettleAsync();

        Assert.NotEqual(before, await anybody.GetStringAsync("/.well-known/jwks.json", Cancellation));
        Assert.Equal(ScanReason.Entered, (await app.DriveAsync("hsp-in-1", "alice", 1)).Reason);
    }

    [Fact]
    public void Limits_OfCallers_AreAsHighAsTheyGo()
    {
        using var app = SimulatedTime.Begin(Limits.Select(limit => (limit, (string?)null)));

        var limits = app.Services.GetRequiredService<IOptions<RateLimitOptions>>().Value;

        Assert.Equal(
            (6000, 6000, 10_000, 60_000),
            (limits.MintsPerMinute, limits.QuotesPerMinute, limits.ScansPerSecond, limits.DeviceCallsPerMinute));
    }

    private static async Task<Instant> NowAsync(ParkingApplication app) =>
        InstantPattern.ExtendedIso.Parse((await app.ClockAsync())!).Value;

    /// <summary>When the service says that it counted the spaces, which it does last.</summary>
    private static async Task<string?> AskAsync(ParkingApplication app)
    {
        using var anybody = app.AnonymousClient();
        var facility = await anybody.GetFromJsonAsync<JsonElement>("/v1/facilities/yuyuan", Cancellation);
        return facility.GetProperty("occupancy").GetProperty("asOf").GetString();
    }

    /// <summary>Does what a handler does that dies after its first step.</summary>
    private static Task LeaveAScanPendingAsync(ParkingApplication app) => app.Services.GetRequiredService<ILiveStore>().ReserveAsync(
        Yard,
        new(
            new(new("yuyuan-in-1"), JournalId.Parse("00000000000000ff"), 1),
            new HolderId(0x8000_0000_0000_0001),
            new(1),
            app.Services.GetRequiredService<IClock>().GetCurrentInstant()),
        new SpaceRequest(null, null));

    private static async Task<int> PendingAsync(ParkingApplication app) =>
        (await app.Services.GetRequiredService<ILiveStore>().PendingAsync(Yard, Instant.MaxValue, 10)).Count;
}

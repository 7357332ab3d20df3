using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using NodaTime.Extensions;
using Parking.Api.Hosting.Identity;
using Parking.Api.Occupancy;
using Parking.Api.Tests.Commands;
using Parking.Api.Tests.Infrastructure;
using Parking.Contracts;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Occupancy;

/// <summary>What an operator's screen hears, over a WebSocket.</summary>
public sealed class OccupancyHubTests : IAsyncLifetime
{
    private static readonly TimeSpan Tick = OccupancyPump.Period;

    private readonly ParkingApplication _app = new ParkingApplication().OnKestrel();
    private readonly List<HubConnection> _screens = [];
    private readonly ConcurrentQueue<string> _heard = [];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var screen in _screens)
        {
            await screen.DisposeAsync();
        }

        _app.Dispose();
    }

    [Theory]
    [InlineData("city", 6)]
    [InlineData("district:huangpu", 2)]
    [InlineData("facility:hsp", 1)]
    public async Task Subscribe_FirstHearsASnapshotOfItsScope(string scope, int atLeast)
    {
        var screen = await ConnectAsync();

        await screen.Connection.InvokeAsync("Subscribe", scope, TestContext.Current.CancellationToken);

        var snapshot = Assert.IsType<OccupancyUpdate>(await screen.NextAsync());
        Assert.Equal(scope, snapshot.Scope);
        Assert.True(snapshot.Facilities.Count >= atLeast);
    }

    [Fact]
    public async Task EntryAndExit_AreHeardAsChangesInSequence()
    {
        var screen = await SubscribeAsync("facility:hsp");
        var before = screen.Sequence;

        await _app.DriveAsync("hsp-in-1", "alice", 1);
        _app.Time.Advance(Tick);
        var entered = Assert.IsType<OccupancyMessage>(await screen.NextAsync());
        await _app.DriveAsync("hsp-out-1", "alice", 1);
        _app.Time.Advance(Tick);
        var exited = Assert.IsType<OccupancyMessage>(await screen.NextAsync());

        Assert.Equal(("hsp", before + 1, 1, 320), (entered.Facility, entered.Sequence, entered.Occupied, entered.Capacity));
        Assert.Equal((before + 2, 0), (exited.Sequence, exited.Occupied));
    }

    [Fact]
    public async Task ManyEntriesBetweenTwoTicks_AreOneMessage()
    {
        var screen = await SubscribeAsync("facility:hsp");

        for (var car = 1; car <= 25; car++)
        {
            await _app.DriveAsync("hsp-in-1", $"driver-{car}", car);
        }

        _app.Time.Advance(Tick);
        Assert.Equal(25, Assert.IsType<OccupancyMessage>(await screen.NextAsync()).Occupied);
        await _app.DriveAsync("hsp-out-1", "driver-1", 1);
        _app.Time.Advance(Tick);
        Assert.Equal(24, Assert.IsType<OccupancyMessage>(await screen.NextAsync()).Occupied);
    }

    [Fact]
    public async Task ChangesOfOneTick_AreOneMessage()
    {
        var screen = await SubscribeAsync("city");
        screen.Changes.Clear();

        await _app.DriveAsync("hsp-in-1", "alice", 1);
        await _app.DriveAsync("yuyuan-in-1", "robert", 1);
        _app.Time.Advance(Tick);
        await screen.NextAsync();
        await screen.NextAsync();

        var changes = Assert.Single(screen.Changes);
        Assert.Equal(("city", 8), (changes.Scope, changes.Epoch.Length));
        Assert.Equal(["hsp", "yuyuan"], changes.Facilities.Select(change => change.Facility).Order());
    }

    [Fact]
    public async Task Districts_AreHeardAsSums()
    {
        var screen = await ConnectAsync();
        await screen.Connection.InvokeAsync("Subscribe", "districts", TestContext.Current.CancellationToken);
        var before = Assert.IsType<OccupancyUpdate>(await screen.NextAsync());
        Assert.Equal((0, 0), (before.Facilities.Count, before.Gates.Count));

        await _app.DriveAsync("hsp-in-1", "alice", 1);
        await _app.DriveAsync("yuyuan-in-1", "robert", 1);
        var after = await NextAsync<DistrictMessage>(screen, sum => sum.District == "huangpu" && sum.Occupied == 2);

        var known = before.Districts.Single(sum => sum.District == "huangpu");
        Assert.Equal((known.Facilities, known.Capacity, 2, 0), (after.Facilities, after.Capacity, after.Shown, after.Unknown));
        Assert.True(known.Facilities > 1);
    }

    [Fact]
    public async Task ChangeElsewhere_IsNotHeard()
    {
        var screen = await SubscribeAsync("district:huangpu");

        await _app.DriveAsync("jingan-temple-in-1", "alice", 1);
        _app.Time.Advance(Tick);
        await _app.DriveAsync("yuyuan-in-1", "robert", 1);
        _app.Time.Advance(Tick);

        Assert.Equal("yuyuan", Assert.IsType<OccupancyMessage>(await screen.NextAsync()).Facility);
    }

    [Fact]
    public async Task GateThatFallsSilent_IsHeardWithinThirtySeconds_AndSoIsItsReturn()
    {
        await _app.BeatAsync("hsp-in-1");
        var screen = await ConnectAsync();
        await screen.Connection.InvokeAsync("Subscribe", "facility:hsp", TestContext.Current.CancellationToken);
        var snapshot = Assert.IsType<OccupancyUpdate>(await screen.NextAsync());
        Assert.Equal(["hsp-in-1", "hsp-in-2", "hsp-out-1", "hsp-out-2"], snapshot.Gates.Select(gate => gate.Gate));

        Assert.Equal(GatePresence.Online, (await NextOfGateAsync(screen, "hsp-in-1")).State);
        var heardAt = _app.Time.GetUtcNow();
        await _app.BeatAsync("hsp-in-1");
        var silent = await NextAsync<GateMessage>(screen, change => change.Gate == "hsp-in-1", atMost: TimeSpan.FromSeconds(30));
        Assert.InRange(_app.Time.GetUtcNow() - heardAt, TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(30));
        await _app.BeatAsync("hsp-in-1");
        var back = await NextOfGateAsync(screen, "hsp-in-1");

        Assert.Equal((GatePresence.Silent, "hsp"), (silent.State, silent.Facility));
        Assert.Equal(GatePresence.Online, back.State);
    }

    [Fact]
    public async Task Occupancy_OfAFacilityWithASilentGate_IsNoMoreExact()
    {
        var screen = await SubscribeAsync("facility:yuyuan");
        await _app.BeatAsync("yuyuan-in-1");

        var reduced = await NextAsync<OccupancyMessage>(screen, change => change.SilentGates == 1);
        await _app.BeatAsync("yuyuan-in-1");
        await _app.BeatAsync("yuyuan-out-1");
        var exact = await NextAsync<OccupancyMessage>(screen, change => change.SilentGates == 0);

        Assert.Equal((OccupancyConfidence.Reduced, OccupancyConfidence.Exact), (reduced.Confidence, exact.Confidence));
        Assert.Equal(FacilityState.Open, exact.State);
    }

    [Fact]
    public async Task Unsubscribe_EndsTheMessages()
    {
        var screen = await SubscribeAsync("facility:hsp");
        var other = await SubscribeAsync("facility:hsp");

        await screen.Connection.InvokeAsync("Unsubscribe", "facility:hsp", TestContext.Current.CancellationToken);
        await _app.DriveAsync("hsp-in-1", "alice", 1);
        _app.Time.Advance(Tick);
        await other.NextAsync();
        await screen.Connection.InvokeAsync("Subscribe", "facility:yuyuan", TestContext.Current.CancellationToken);

        Assert.Equal("facility:yuyuan", Assert.IsType<OccupancyUpdate>(await screen.NextAsync()).Scope);
    }

    [Theory]
    [InlineData("facility:atlantis")]
    [InlineData("country")]
    [InlineData("")]
    [InlineData(null)]
    public async Task Subscribe_ToNoScope_SaysWhatThereIs(string? scope)
    {
        var screen = await ConnectAsync();

        var error = await Assert.ThrowsAsync<HubException>(() =>
            screen.Connection.InvokeAsync("Subscribe", scope, TestContext.Current.CancellationToken));

        Assert.Contains("district:<id>", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Citizen_CannotConnect()
    {
        await using var connection = Build(() => _app.TokenFor("alice"));

        var error = await Assert.ThrowsAsync<HttpRequestException>(() => connection.StartAsync(TestContext.Current.CancellationToken));

        Assert.Equal(HttpStatusCode.Forbidden, error.StatusCode);
    }

    [Fact]
    public async Task Connection_EndsWithItsToken()
    {
        var screen = await ConnectAsync();
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        screen.Connection.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };

        _app.Time.Advance(PeopleTokens.LongestWithDuties.ToTimeSpan() - SignInWatch.Period);
        await screen.Connection.InvokeAsync("Subscribe", "city", TestContext.Current.CancellationToken);
        _app.Time.Advance(2 * SignInWatch.Period);

        await closed.Task.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task NothingThatIsLoggedOrPushed_ContainsASecret()
    {
        var screen = await SubscribeAsync("city");
        var code = await _app.FetchCodeAsync("citizen-310101199001011234");
        await _app.ScanAsync("hsp-in-1", _app.Scan(code, 1));
        await _app.ScanAsync("hsp-in-2", _app.Scan(code, 1));
        await _app.ScanAsync("hsp-in-1", _app.Scan(_app.Secrets.Add("SP1:FORGED-BY-A-STRANGER"), 2));
        await _app.PostEventsAsync("hsp-in-1", _app.Scan(await _app.FetchCodeAsync("citizen-2"), 1));
        await _app.DriveAsync("hsp-out-1", "citizen-310101199001011234", 1);
        await _app.DriveAsync("hsp-in-1", "citizen-3", 3);
        _app.Time.Advance(Tick);
        await screen.NextAsync();

        Assert.Contains(
            _heard,
            message => message.Contains("capacity", StringComparison.Ordinal) && message.Contains("facilities", StringComparison.Ordinal));
        Assert.Contains(_app.Log.Lines, line => line.Contains("ScanDecided", StringComparison.Ordinal));
        _app.Secrets.AssertNoneIn(_app.Log.Lines);
        _app.Secrets.AssertNoneIn(_heard);
    }

    [Fact]
    public async Task GateWithABacklog_IsHeardWithItsDirection()
    {
        await _app.BeatAsync("hsp-out-1");
        var screen = await SubscribeAsync("facility:hsp");

        await _app.BeatAsync("hsp-out-1", lastSeq: 3);
        var behind = await NextAsync<GateMessage>(screen, change => change.Gate == "hsp-out-1" && change.Unsent > 0);

        Assert.Equal((GateDirection.Exit, 3), (behind.Direction, behind.Unsent));
    }

    [Fact]
    public async Task Command_IsHeardStepByStep_WithoutItsReason()
    {
        const string gate = "hsp-out-1";
        var id = Ulids.At(_app.Time.GetCurrentInstant()).Value;
        var screen = await SubscribeAsync("facility:hsp");

        await GiveAsync(gate, id);
        var queued = await NextAsync<CommandMessage>(screen, _ => true);
        var late = Assert.Single((await SnapshotAsync("district:huangpu")).Commands);
        using (var client = _app.GateClient(gate))
        {
            using var claimed = await client.PostAsJsonAsync(
                $"/v1/gates/{gate}/commands/{id}/claims", new CommandClaim { Journal = "00000000000000c0", Seq = 1 },
                GateProtocolJson.Options, TestContext.Current.CancellationToken);
        }

        var granted = await NextAsync<CommandMessage>(screen, _ => true);
        var silent = await NextAsync<CommandMessage>(screen, _ => true, atMost: TimeSpan.FromSeconds(10));

        Assert.Equal((id, gate, BarrierCommand.OpenOnce, GateCommandState.Queued), (queued.Id, queued.Gate, queued.Command, queued.State));
        Assert.Equal(queued, late);
        Assert.Equal((id, GateCommandState.Granted), (granted.Id, granted.State));
        Assert.Equal((id, GateCommandState.NothingKnown), (silent.Id, silent.State));
        Assert.DoesNotContain(_heard, message => message.Contains("phone is broken", StringComparison.Ordinal));
        Assert.Empty((await SnapshotAsync("facility:yuyuan")).Commands);
    }

    private async Task GiveAsync(string gate, string id)
    {
        using var client = _app.OperatorClient();
        using var given = await client.PostAsJsonAsync(
            $"/v1/gates/{gate}/commands",
            new GateCommandRequest { Id = id, Command = BarrierCommand.OpenOnce, Reason = "phone is broken" },
            ContractJson.Options,
            TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, given.StatusCode);
    }

    private async Task<OccupancyUpdate> SnapshotAsync(string scope)
    {
        var screen = await ConnectAsync();
        await screen.Connection.InvokeAsync("Subscribe", scope, TestContext.Current.CancellationToken);
        return Assert.IsType<OccupancyUpdate>(await screen.NextAsync());
    }

    private Task<GateMessage> NextOfGateAsync(OccupancyListener screen, string gate) =>
        NextAsync<GateMessage>(screen, change => change.Gate == gate);

    /// <summary>The next message of a kind that fits, while the clock goes on: for <paramref name="atMost"/>, then it stands.</summary>
    private async Task<T> NextAsync<T>(OccupancyListener screen, Func<T, bool> fits, TimeSpan? atMost = null)
    {
        var began = _app.Time.GetUtcNow();
        while (true)
        {
            var goesOn = atMost is null || _app.Time.GetUtcNow() - began < atMost;
            if (await screen.TryNextAsync(goesOn ? TimeSpan.FromMilliseconds(100) : Patience.Limit) is not { } message)
            {
                Assert.True(goesOn, $"Nothing was heard within {atMost}.");
                _app.Time.Advance(TimeSpan.FromSeconds(1));
            }
            else if (message is T found && fits(found))
            {
                return found;
            }
        }
    }

    private async Task<OccupancyListener> SubscribeAsync(string scope)
    {
        var screen = await ConnectAsync();

        // The first count of all facilities happens with the first tick.
        await screen.Connection.InvokeAsync("Subscribe", scope, TestContext.Current.CancellationToken);
        var snapshot = Assert.IsType<OccupancyUpdate>(await screen.NextAsync());
        if (snapshot.Facilities[0].Occupied is null)
        {
            _app.Time.Advance(Tick);
            foreach (var _ in snapshot.Facilities)
            {
                await screen.NextAsync();
            }
        }

        return screen;
    }

    private async Task<OccupancyListener> ConnectAsync()
    {
        var connection = Build(() => _app.TokenFor("operator-1", ["watch@city"]));
        _screens.Add(connection);
        var screen = new OccupancyListener(connection, _heard);
        await connection.StartAsync(TestContext.Current.CancellationToken);
        return screen;
    }

    private HubConnection Build(Func<string> token) => new HubConnectionBuilder()
        .WithUrl(
            new Uri(_app.ClientOptions.BaseAddress, OccupancyHub.Path),
            options => options.AccessTokenProvider = () => Task.FromResult<string?>(token()))
        .AddJsonProtocol(options => GateProtocolJson.Configure(options.PayloadSerializerOptions))
        .Build();
}

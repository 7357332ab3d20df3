using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using NodaTime.Extensions;
using Parking.GateProgram;
using Parking.GateProtocol;
using Parking.ScannerSim.Tests.Gates.FakeService;
using Parking.ScannerSim.Tests.Gates.Journal;

namespace Parking.ScannerSim.Tests.Gates;

/// <summary>A gate for tests. The test controls its disk, its network, its service and its time.</summary>
internal sealed class GateBench : IDisposable
{
    public const string Key = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    /// <param name="random">The source of random events. Without it, every run has the same ones.</param>
    public GateBench(Random? random = null)
    {
        Random = random ?? new Random(1);
        Disk = new CrashingFolder(Random);
        Service = new ServiceInMemory(Time, CodeOffice.Open(Now));
        Http = Service.CreateClient();
        Settings = new GateMachineSettings
        {
            Gate = "north-in-1",
            Key = Key,
            Direction = GateDirection.Entry,
            Jitter = () => 0.5,
            CreateJournalId = () => (++_journals).ToString("x16", System.Globalization.CultureInfo.InvariantCulture),
            Report = Reports.Add,
        };
    }

    private int _journals;

    public Random Random { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 5, 4, 8, 0, 0, TimeSpan.Zero));

    public CrashingFolder Disk { get; }

    public ServiceInMemory Service { get; }

    /// <summary>The way to the service.</summary>
    public HttpClient Http { get; }

    public List<string> Reports { get; } = [];

    public GateMachineSettings Settings { get; set; }

    public Instant Now => Time.GetUtcNow().ToInstant();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public Task<GateMachine> OpenAsync() => GateMachine.OpenAsync(Settings, Disk, Http, Time);

    /// <summary>Opens a gate that has reached the service and has its feed.</summary>
    public async Task<GateMachine> OpenKnowingAsync()
    {
        var gate = await OpenAsync();
        await gate.WorkAsync(Cancellation);
        Assert.NotNull(gate.Feed);
        return gate;
    }

    public string Mint() => Service.Office.Mint(Now);

    /// <summary>Lets one driver show a code, and then pass or turn away.</summary>
    public async Task<GateShowing> DriveAsync(GateMachine gate, string code)
    {
        var showing = await gate.ShowAsync(code, Cancellation);
        Assert.NotNull(showing);
        Assert.Equal(gate.IsOpen, showing.IsOpen);
        Time.Advance(TimeSpan.FromSeconds(4));
        await gate.MoveAsync(showing.IsOpen ? VehicleMove.Passed : VehicleMove.TurnedAway);
        return showing;
    }

    /// <summary>Advances the time and runs the gate's work whenever it is due.</summary>
    public async Task WaitAsync(GateMachine gate, TimeSpan time)
    {
        var end = Time.GetUtcNow() + time;
        while (gate.NextWorkAt <= end)
        {
            var wait = gate.NextWorkAt - Time.GetUtcNow();
            Time.Advance(wait > TimeSpan.Zero ? wait : TimeSpan.FromMilliseconds(1));
            await gate.WorkAsync(Cancellation);
        }
        Time.Advance(end > Time.GetUtcNow() ? end - Time.GetUtcNow() : TimeSpan.Zero);
    }

    /// <summary>The events of a journal that the service knows.</summary>
    public IReadOnlyList<ReportedEvent> Known(string journal) =>
        [.. (Service.Books.Journals.GetValueOrDefault(journal) ?? []).Values.Select(fact => fact.Event)];

    /// <summary>How the barrier was by the last heartbeat.</summary>
    public string? LastBarrier()
    {
        var beat = Service.Requests.Last(one => one.Path.EndsWith("heartbeats", StringComparison.Ordinal));
        return JsonElement.Parse(beat.Body).GetProperty("barrier").GetString();
    }

    /// <summary>
    /// Checks that the events are complete: every act follows its scan, each scan has the acts of one barrier movement, and the numbers
    /// have no gap.
    /// </summary>
    public static void AssertWhole(IReadOnlyList<ReportedEvent> events)
    {
        Assert.Equal(Enumerable.Range(1, events.Count).Select(seq => (long)seq), events.Select(one => one.Seq));
        foreach (var scan in events.OfType<ReportedScan>())
        {
            var acts = events.OfType<ReportedAct>().Where(act => act.Scan == scan.Seq).ToList();
            Assert.All(acts, act => Assert.True(act.Seq > scan.Seq));
            Assert.True(acts.Count is 1 or 2, $"{scan} has {acts.Count} acts");
            Assert.Equal(acts[0].Act == BarrierAct.StayedShut ? 1 : acts.Count, acts.Count);
            Assert.Contains(acts[0].Act, new[] { BarrierAct.Opened, BarrierAct.StayedShut });
        }
    }

    public void Dispose()
    {
        Http.Dispose();
        Service.Dispose();
    }
}

using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using NodaTime.Extensions;
using Parking.Accounts;
using Parking.Admission;
using Parking.Api.Tests.Infrastructure;
using Parking.Codes;
using Parking.Devices;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Ports;
using Parking.Stays;
using Parking.Stores.Redis;
using Parking.Stores.Sqlite;

namespace Parking.Bench;

/// <summary>
/// The path of a scan from its request to its answer, on a real store: everything the service does but HTTP. The clock stands still, so
/// that codes may be made long before they are shown.
/// </summary>
internal sealed class ScanPath : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);
    private static readonly JournalId Journal = new(0xaa);

    private static readonly Facility Harbour = new()
    {
        Id = new("harbour"),
        District = new("north"),
        Name = new("港口", "Harbour"),
        Capacity = 10_000_000,
        EnforcesCapacity = true,
        MissedEntry = MissedEntryPolicy.Open,
        TimeZone = DateTimeZone.Utc,
    };

    private static readonly Gate EntryGate = new(new("harbour-in-1"), GateDirection.Entry, Harbour);
    private static readonly Gate ExitGate = new(new("harbour-out-1"), GateDirection.Exit, Harbour);

    private readonly DirectoryInfo _folder;
    private readonly IAsyncDisposable _store;
    private readonly RedisProcess? _redis;
    private readonly ScanHandler _handler;
    private long _lastEntry;
    private long _lastExit;

    private ScanPath(
        DirectoryInfo folder,
        ILiveStore live,
        IAccountStore holders,
        IDeviceStore devices,
        IAsyncDisposable store,
        RedisProcess? redis,
        TimeProvider time)
    {
        _folder = folder;
        _store = store;
        _redis = redis;
        var keys = new CodeKeys();
        keys.Use(new(SampleCode.Ring, time.GetCurrentInstant()));
        var pricing = new StayPricing(new CityDirectory([], [Harbour], [EntryGate, ExitGate]), NullLogger<StayPricing>.Instance);
        var finish = new ScanCompletion(live, live, live, new StayNames(CodeSeal.Create()), pricing, new DecisionTokens(new byte[32]));
        var registry = new HolderRegistry(
            holders, live, new DeviceCloser(devices, time.ToClock()), new StandingCache(time.ToClock()), time.ToClock());
        var entryFacts = new EntryFacts(registry, NullLogger<EntryFacts>.Instance);
        var exitFacts = new ExitFacts(registry, live, live, pricing, NullLogger<ExitFacts>.Instance);
        var linked = new DeviceRegistry(devices, registry, time.ToClock(), NullLogger<DeviceRegistry>.Instance);
        _handler = new ScanHandler(
            live, live, keys, new FacilityStates(), entryFacts, exitFacts, new ScanRules(Duration.FromMinutes(10)), finish,
            new SpaceAudit(live, live, live), linked, time);
    }

    public static async Task<ScanPath> OpenAsync(StoreKind kind)
    {
        var folder = Directory.CreateTempSubdirectory("parking-bench-");
        var time = new FakeTimeProvider(SampleCode.Now.ToDateTimeOffset());
        if (kind == StoreKind.Embedded)
        {
            var database = new SqliteDatabase(Path.Combine(folder.FullName, "parking.db"), time);
            return new(
                folder, new SqliteLiveStore(database, time), new SqliteAccountStore(database), new SqliteDeviceStore(database),
                new Closing(database), null, time);
        }

        var port = RedisProcess.FindFreePort();
        var redis = await RedisProcess.TryStartAsync(port, folder.FullName, StartLimit)
            ?? throw new InvalidOperationException($"{RedisProcess.Program} ended at once on port {port}.");
        var connection = new RedisConnection(Options.Create(new RedisOptions { Configuration = $"127.0.0.1:{port}" }), time);
        return new(
            folder, new RedisLiveStore(connection), new RedisAccountStore(connection), new RedisDeviceStore(connection), connection, redis,
            time);
    }

    /// <summary>A scan of <paramref name="code"/>, the next at the entry.</summary>
    public ReportedScan AtEntry(string code) => Scan(++_lastEntry, code);

    /// <summary>A scan of <paramref name="code"/>, the next at the exit.</summary>
    public ReportedScan AtExit(string code) => Scan(++_lastExit, code);

    public Task<ScanReason> EnterAsync(ReportedScan scan) => HandleAsync(EntryGate, scan);

    public Task<ScanReason> LeaveAsync(ReportedScan scan) => HandleAsync(ExitGate, scan);

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private async Task<ScanReason> HandleAsync(Gate gate, ReportedScan scan) =>
        await _handler.HandleAsync(IncomingScan.Of(gate, Journal, scan, scan.Code!, steadyAt: null), scan.Code!, scan.Local)
            is { Scan: { } answer }
        ? answer.Reason
        : throw new InvalidOperationException("A scan was not answered.");

    private static ReportedScan Scan(long seq, string code) =>
        new() { Seq = seq, DeviceTime = SampleCode.Now, Code = code };

    private sealed class Closing(IDisposable inner) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            inner.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

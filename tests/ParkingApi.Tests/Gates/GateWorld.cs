using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using NodaTime.Extensions;
using Parking.Accounts;
using Parking.Admission;
using Parking.Api.Tests.Commands;
using Parking.Api.Tests.Devices;
using Parking.Api.Tests.Infrastructure;
using Parking.Codes;
using Parking.Codes.Devices;
using Parking.Devices;
using Parking.Commands;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Logbook;
using Parking.Ports;
using Parking.Stays;
using Parking.Tariffs;
using Parking.Timelines;

namespace Parking.Api.Tests.Gates;

/// <summary>
/// The whole path of a scan below HTTP, on a given store: three facilities, their gates, drivers with codes, and a clock that the test
/// owns.
/// </summary>
internal sealed class GateWorld
{
    public const int SmallCapacity = 10;

    /// <summary>The journal that every gate here writes.</summary>
    public static readonly JournalId Journal = new(0xaa);

    private static readonly SigningKey Key = SigningKey.Create(), CertificateKey = SigningKey.Create();

    private readonly ILiveStore _store;
    private readonly CodeKeys _keys = new();
    private readonly Dictionary<string, long> _lastSeq = [];

    /// <param name="store">The store of its stays.</param>
    /// <param name="holders">The store of its drivers' vehicle accounts.</param>
    /// <param name="antiPassback">Ten minutes if not given.</param>
    /// <param name="tariffOf">By a facility's name; without it, all but <c>other</c> have <see cref="SampleTariffs.Stepped"/>.</param>
    /// <param name="longestStay">The longest plausible stay; three days if not given.</param>
    /// <param name="commandStore">The store of commands to its gates; in memory if not given.</param>
    /// <param name="devices">The store of its drivers' devices; in memory if not given.</param>
    public GateWorld(
        ILiveStore store, IAccountStore holders, Duration? antiPassback = null, Func<string, Tariff?>? tariffOf = null,
        Duration? longestStay = null, ICommandStore? commandStore = null, IDeviceStore? devices = null)
    {
        _store = store;
        Time.SetUtcNow(new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero));
        _keys.Use(new(KeyRing.Found(Key, Now - Duration.FromDays(2), certificateKey: CertificateKey), Now));
        City = MakeCity(
            tariffOf ?? (facility => facility == "other" ? null : SampleTariffs.Stepped), longestStay ?? Facility.DefaultLongestStay);
        devices ??= new DeviceStoreModel();
        Holders = new HolderRegistry(holders, store, new DeviceCloser(devices, Clock), new StandingCache(Clock), Clock);
        Pricing = new StayPricing(City, NullLogger<StayPricing>.Instance);
        Names = new StayNames(new CodeSeal(new byte[CodeSeal.KeySize]));
        var tokens = new DecisionTokens(new byte[32]);
        var finish = new ScanCompletion(store, store, store, Names, Pricing, tokens);
        var states = new FacilityStates();
        var logbook = new FacilityLogbook(store, store, Time.ToClock());
        var facilityEvents = new FacilityEvents(store, logbook, Time.ToClock());
        Audit = new SpaceAudit(store, store, store);
        var entryFacts = new Admission.EntryFacts(Holders, NullLogger<Admission.EntryFacts>.Instance);
        var exitFacts = new ExitFacts(Holders, store, store, Pricing, NullLogger<ExitFacts>.Instance);
        Commands = new GateCommands(commandStore ?? new CommandStoreModel(), store, Names, new Witness(CommandChanges), Time.ToClock());
        var letOut = new LetOutHandler(store, store, Names, Audit, facilityEvents, Time.ToClock());
        var inventories = new InventoryHandler(store, store, Names, Audit, facilityEvents, Time.ToClock());
        Inventories = new OperatorInventories(inventories, facilityEvents, store, store, logbook, Names);
        Handler = new EventAdmission(
            new ScanHandler(
                store, store, _keys, states, entryFacts, exitFacts, new ScanRules(antiPassback ?? Duration.FromMinutes(10)), finish,
                Audit, new DeviceRegistry(devices, Holders, Clock, NullLogger<DeviceRegistry>.Instance), Time),
            new DecisionTokenHandler(store, store, tokens, finish, Audit, Time.ToClock()),
            new ActHandler(store, store, finish, Audit, facilityEvents, letOut, Time.ToClock()),
            inventories,
            facilityEvents,
            Commands,
            store,
            NullLogger<EventAdmission>.Instance);
        Sweep = new StaySweep(store, store, City, finish, Audit, Time.ToClock(), NullLogger<StaySweep>.Instance);
    }

    public FakeTimeProvider Time { get; } = new();

    public Instant Now => Time.GetCurrentInstant();

    public IClock Clock => Time.ToClock();

    public CityDirectory City { get; }

    public HolderRegistry Holders { get; }

    public StayNames Names { get; }

    public StayPricing Pricing { get; }

    public EventAdmission Handler { get; }

    public OperatorInventories Inventories { get; }

    public StaySweep Sweep { get; }

    public SpaceAudit Audit { get; }

    public GateCommands Commands { get; }

    /// <summary>Every change of a command of which others were told, in order.</summary>
    public ConcurrentQueue<CommandRecord> CommandChanges { get; } = [];

    /// <summary>Signs codes with a new key from now on. Earlier codes can no longer be checked.</summary>
    public void ForgetKeys() => _keys.Use(new(KeyRing.Found(SigningKey.Create(), Now), Now));

    /// <summary>A certificate for a driver's device, for seven days.</summary>
    public DeviceCertificate Issue(SealedHolder holder, VerificationKey key, Instant now) =>
        new CertificateIssuer(_keys.Current.Ring).Issue(holder, key, now, Duration.FromDays(7));

    /// <summary>A code of a driver: a fresh one, unless <paramref name="at"/> says when it was issued.</summary>
    public string Mint(HolderId holder, byte vehicle = 0, Instant? at = null) =>
        _keys.Current.Minter.Mint(holder, new(vehicle), at ?? Now).Text;

    /// <summary>The next scan of a gate, ready to be posted any number of times.</summary>
    public ReportedScan Shown(string gate, string code) => new() { Seq = NextSeq(gate), DeviceTime = Now, Code = code };

    /// <summary>The next number of a gate's journal.</summary>
    public long NextSeq(string gate)
    {
        lock (_lastSeq)
        {
            return _lastSeq[gate] = _lastSeq.GetValueOrDefault(gate) + 1;
        }
    }

    /// <param name="gate">The gate that reports.</param>
    /// <param name="reported">What it reports.</param>
    /// <param name="steadyAt">When that happened by its steady clock; null if it has none, or was switched off since.</param>
    public Task<EventResult> PostAsync(string gate, ReportedEvent reported, Instant? steadyAt = null) =>
        Handler.HandleAsync(City.FindGate(new(gate))!, Journal, new IncomingEvent(reported.Seq, reported, default, null, steadyAt));

    /// <summary>Posts a scan and expects it to be answered.</summary>
    public async Task<ScanAnswer> AnswerAsync(string gate, ReportedScan scan, Instant? steadyAt = null)
    {
        var handled = await PostAsync(gate, scan, steadyAt);
        Assert.Equal(EventOutcome.Decided, handled.Outcome);
        return handled.Scan!;
    }

    /// <summary>A driver shows a fresh code at a gate.</summary>
    public Task<ScanAnswer> DriveAsync(string gate, HolderId driver, byte vehicle = 0) =>
        AnswerAsync(gate, Shown(gate, Mint(driver, vehicle)));

    public async Task<Timeline> TimelineAsync(HolderId holder) => TimelineCodec.Decode((await _store.LoadAsync(holder)).Content);

    public async Task<int> OccupancyAsync(string facility) => Assert.Single(await _store.CountSpacesAsync([new(facility)]));

    /// <summary>
    /// Asserts what must hold whenever nothing is in flight: every space belongs to an open stay, and every open stay has its space.
    /// </summary>
    public async Task AssertSpacesAreTheOpenStaysAsync()
    {
        var cancelled = TestContext.Current.CancellationToken;
        var open = new List<(FacilityId, GateEventId)>();
        await foreach (var holder in _store.HoldersAsync(cancelled))
        {
            open.AddRange((await TimelineAsync(holder)).Stays.Where(stay => stay.IsOpen).Select(stay => (stay.Facility, stay.Id)));
        }

        var spaces = new List<(FacilityId, GateEventId)>();
        foreach (var facility in City.Facilities)
        {
            var here = await _store.SpacesAsync(facility.Id, cancelled).Select(space => (facility.Id, space.Scan)).ToListAsync(cancelled);
            Assert.Equal(here.Count, await OccupancyAsync(facility.Id.Value));
            spaces.AddRange(here);
        }

        Assert.Equal(open.Distinct().OrderBy(stay => stay.Item2), spaces.OrderBy(space => space.Item2));
    }

    public async Task AssertNothingPendingAsync()
    {
        foreach (var facility in City.Facilities)
        {
            Assert.Empty(await _store.PendingAsync(facility.Id, Now, 1000));
        }
    }

    private sealed class Witness(ConcurrentQueue<CommandRecord> changes) : ICommandWitness
    {
        public void Changed(Gate gate, CommandRecord command) => changes.Enqueue(command);
    }

    private static CityDirectory MakeCity(Func<string, Tariff?> tariffOf, Duration longestStay)
    {
        var facilities = new[] { ("small", SmallCapacity), ("large", 1_000_000), ("other", 1_000_000) }
            .Select(facility => MakeFacility(facility.Item1, facility.Item2, tariffOf(facility.Item1)) with { LongestStay = longestStay })
            .ToArray();
        var gates = facilities.SelectMany(facility => Enumerable.Range(0, 64)
            .SelectMany(n => new[]
            {
                new Gate(new($"{facility.Id}-in-{n}"), GateDirection.Entry, facility),
                new Gate(new($"{facility.Id}-out-{n}"), GateDirection.Exit, facility),
            }));
        return new([], facilities, gates);
    }

    private static Facility MakeFacility(string id, int capacity, Tariff? tariff) => new()
    {
        Id = new(id),
        District = new("north"),
        Name = new(id, id),
        Capacity = capacity,
        EnforcesCapacity = true,
        MissedEntry = MissedEntryPolicy.Open,
        TimeZone = DateTimeZone.Utc,
        Tariff = tariff,
    };
}

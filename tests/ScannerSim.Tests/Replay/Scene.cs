using NodaTime;
using Parking.GateProtocol;
using Parking.Simulation.Cities;
using Parking.Simulation.Phones;
using Parking.Simulation.Replay;
using Parking.Simulation.Replay.Books;
using Parking.Simulation.Replay.Oracle;
using Parking.Simulation.Replay.Verdict;

namespace Parking.ScannerSim.Tests.Replay;

/// <summary>
/// Builds a small replay step by step. Facilities a and b have prices, c has none. Times are minutes after 08:00. By default each showing
/// has its own code.
/// </summary>
internal sealed class Scene
{
    public static readonly Instant Start = Instant.FromUtc(2026, 5, 4, 0, 0);

    private readonly List<Showing> _showings = [];
    private readonly List<SentInventory> _inventories = [];
    private readonly List<OccupancySample> _samples = [];
    private readonly List<FaultSpan> _faults = [];
    private readonly List<RejectedEvent> _rejected = [];
    private readonly List<DiskLoss> _losses = [];
    private bool _isShared;
    private int _line;
    private int _code;

    public static Instant At(double minutes) => Start + Duration.FromMilliseconds((long)(minutes * 60_000));

    public Scene In(string facility, double minutes, int vehicle = 0, string driver = "d1", int? code = null) =>
        Show(facility, GateDirection.Entry, minutes, driver, vehicle, code);

    public Scene Out(string facility, double minutes, int vehicle = 0, string driver = "d1", int? code = null) =>
        Show(facility, GateDirection.Exit, minutes, driver, vehicle, code);

    /// <summary>Changes the last showing.</summary>
    public Scene But(Func<Showing, Showing> change)
    {
        _showings[^1] = change(_showings[^1]);
        return this;
    }

    /// <summary>All drivers have the same vehicles.</summary>
    public Scene WithSharedVehicles()
    {
        _isShared = true;
        return this;
    }

    /// <summary>
    /// The events of the last showing are in a journal, and some of them were lost with the disk: <c>scan</c>, <c>decision</c>,
    /// <c>byHand</c>, <c>move</c>.
    /// </summary>
    public Scene Losing(params string[] lost)
    {
        var last = _showings[^1];
        var written = new ShowingEvents(new(last.Gate, "journal", 0), NumberOf("scan"), NumberOf("decision"))
        {
            ByHand = last is { Decision: GateDecision.Refuse, Outcome: VehicleOutcome.Passed } ? NumberOf("byHand") : null,
            Move = last.Outcome == VehicleOutcome.DidNotPass ? null : NumberOf("move"),
        };
        _losses.Add(new(last.At, written.Journal, lost.Select(NumberOf).ToHashSet()));
        return But(showing => showing with { Written = written });

        long NumberOf(string what) => (10 * last.Line) + Array.IndexOf(["scan", "decision", "byHand", "move"], what) + 1;
    }

    public Scene Inventory(string facility, double minutes, params NamedStay[] closes)
    {
        _inventories.Add(new() { Line = ++_line, At = At(minutes), Gate = $"{facility}-in", Facility = facility, Closes = closes });
        return this;
    }

    public Scene Sample(string facility, double minutes, int? occupied, bool isQuiet = true)
    {
        _samples.Add(new(At(minutes), facility, occupied, isQuiet));
        return this;
    }

    public Scene Fault(string kind, double from, double to, string? facility = null, string? detail = null)
    {
        _faults.Add(new()
        {
            At = At(from),
            Until = At(to),
            Kind = kind,
            Gate = facility is null ? null : $"{facility}-in",
            Facility = facility,
            Detail = detail,
        });
        return this;
    }

    public Scene Reject(string facility, double minutes, long seq, EventOutcome outcome, string? error = null)
    {
        _rejected.Add(new(At(minutes), $"{facility}-in", facility, seq, outcome, error));
        return this;
    }

    public ReplayRecording Record() => new()
    {
        Run = new()
        {
            Trace = "a small scene",
            Seed = 7,
            Starts = Start,
            Ends = At(24 * 60),
            Took = Duration.FromSeconds(12),
            Speed = "max",
            FaultProfile = "all",
            FaultSeed = 1,
            Store = "embedded SQLite",
            SimulatorVersion = "1.0",
            ServiceVersion = "1.0",
        },
        City = new(
            [Facility("a", "甲停车场", "tariffs/a.json"), Facility("b", "乙停车场", "tariffs/b.json"), Facility("c", "丙停车场", null)],
            DateTimeZoneProviders.Tzdb["Asia/Shanghai"]),
        Drivers = [.. _showings.Select(showing => showing.Driver).Append("d1").Distinct().Select(name =>
            new ReplayDriver(name, [new($"沪{Owner(name)}1", VehicleClass.Car), new($"沪{Owner(name)}2", VehicleClass.Motorcycle)]))],
        Showings = [.. _showings],
        Inventories = [.. _inventories],
        Faults = [.. _faults],
        Rejected = [.. _rejected],
        Samples = [.. _samples],
        DiskLosses = [.. _losses],
    };

    private string Owner(string driver) => _isShared ? "all" : driver;

    public OracleBooks Oracle() => OracleBooks.Of(Record());

    /// <summary>The stays of the main driver, each as one line.</summary>
    public IReadOnlyList<string> Stays() => [.. Oracle().Stays.Select(Describe)];

    /// <summary>The books of a service without mistakes.</summary>
    public (ServiceBooks Books, ExpectedFees Fees) RightBooks()
    {
        var oracle = Oracle();
        var stays = oracle.ByDriver.ToDictionary(
            driver => driver.Key,
            driver => (IReadOnlyList<BookStay>)[.. driver.Value.Select((stay, index) => ToBook(stay, $"{driver.Key}-{index}"))]);
        return (
            new(
                stays, oracle.Occupancy.ToDictionary(facility => facility.Key, facility => (int?)facility.Value.Final),
                ArchiveOf(oracle, PriceOf)),
            FeesOf(oracle));
    }

    /// <summary>The judge's verdict on right books with one change.</summary>
    public ReplayVerdict Judge(
        Func<IReadOnlyList<BookStay>, IEnumerable<BookStay>>? change = null,
        Func<string, int?, int?>? occupied = null,
        Func<IReadOnlyList<ArchivedBook>, IEnumerable<ArchivedBook>>? archived = null)
    {
        var recording = Record();
        var oracle = OracleBooks.Of(recording);
        var stays = oracle.ByDriver.ToDictionary(
            driver => driver.Key,
            driver => (IReadOnlyList<BookStay>)[.. driver.Value.Select((stay, index) => ToBook(stay, $"{driver.Key}-{index}"))]);
        stays["d1"] = [.. (change ?? (same => same))(stays.GetValueOrDefault("d1") ?? [])];
        var archive = ArchiveOf(oracle, PriceOf);
        var books = new ServiceBooks(
            stays,
            oracle.Occupancy.ToDictionary(
                facility => facility.Key,
                facility => occupied is null ? facility.Value.Final : occupied(facility.Key, facility.Value.Final)),
            [.. (archived ?? (same => same))(archive)]);
        return Simulation.Replay.Verdict.Judge.Decide(recording, oracle, books, FeesOf(oracle));
    }

    /// <summary>The archive of a service without mistakes, with the ids that the stays have in <see cref="RightBooks"/>.</summary>
    public static IReadOnlyList<ArchivedBook> ArchiveOf(OracleBooks oracle, Func<OracleStay, Price?> priceOf) =>
        [.. oracle.ByDriver.SelectMany(
            driver => driver.Value.Select((stay, index) => Archive(stay, $"{driver.Key}-{index}", priceOf(stay))))];

    /// <summary>A price in one line.</summary>
    public static ExplainedPrice Explain(Price price) => new(price, [new("flat", price.Total, null, null, 1, price.Total)]);

    private static ExpectedFees FeesOf(OracleBooks oracle) => new(oracle.Stays
        .Where(stay => PriceOf(stay) is not null)
        .Select(stay => KeyValuePair.Create(stay, Explain(PriceOf(stay)!))));

    private static ArchivedBook Archive(OracleStay stay, string id, Price? price) => new()
    {
        Id = id,
        Facility = stay.Facility,
        EntryGate = stay.Entry?.Gate,
        ExitGate = stay.Exit?.Gate,
        EnteredAt = stay.EnteredAt,
        EndedAt = stay.EndedAt,
        Ending = stay.Ending,
        State = stay.State,
        Revision = stay.IsOpen ? 0 : 1,
        Revisions = stay.IsOpen
            ? []
            :
            [
                new()
                {
                    Revision = 1,
                    EnteredAt = stay.EnteredAt,
                    EndedAt = stay.EndedAt,
                    Ending = stay.Ending,
                    State = stay.State,
                    Total = price?.Total,
                    Currency = price?.Currency,
                    Lines = price is null ? null : Explain(price).Lines,
                },
            ],
    };

    private static string Describe(OracleStay stay) =>
        $"{stay.Facility}{(stay.Vehicle > 0 ? $"/{stay.Vehicle}" : "")} {Minutes(stay.EnteredAt)}-{Minutes(stay.EndedAt)} " +
        $"{WireName.Of(stay.Ending)} {WireName.Of(stay.State)}";

    private static string Minutes(Instant? at) => at is { } instant ? $"{(instant - Start).TotalMinutes:0.###}" : "?";

    private static BookStay ToBook(OracleStay stay, string id) => new()
    {
        Id = id,
        Facility = stay.Facility,
        Vehicle = stay.Vehicle,
        EnteredAt = stay.EnteredAt,
        ExitedAt = stay.ExitedAt,
        EndedAt = stay.EndedAt,
        Ending = stay.Ending,
        State = stay.State,
        Version = 1,
        Fee = PriceOf(stay) ?? (stay.IsOpen ? new("CNY", 1) : null),
    };

    /// <summary>One fen per minute, except at the facility without a price.</summary>
    private static Price? PriceOf(OracleStay stay) => stay.Ending == StayEnding.Exited && stay.Facility != "c"
        ? new("CNY", (long)(stay.ExitedAt!.Value - stay.EnteredAt!.Value).TotalMinutes)
        : null;

    private static FacilityPlan Facility(string id, string name, string? tariff) => new()
    {
        Id = id,
        Name = new(name, $"Car park {id.ToUpperInvariant()}"),
        Capacity = 3,
        Tariff = tariff,
        Gates = [new($"{id}-in", GateDirection.Entry), new($"{id}-out", GateDirection.Exit)],
    };

    private Scene Show(string facility, GateDirection direction, double minutes, string driver, int vehicle, int? code)
    {
        _showings.Add(new()
        {
            Line = ++_line,
            At = At(minutes),
            Gate = $"{facility}-{(direction == GateDirection.Entry ? "in" : "out")}",
            Facility = facility,
            Direction = direction,
            Driver = driver,
            Vehicle = vehicle,
            Code = code ?? 1000 + ++_code,
            Decision = GateDecision.Open,
            Reason = direction == GateDirection.Entry ? ScanReason.Entered : ScanReason.Exited,
            Attempts = 1,
            Outcome = VehicleOutcome.Passed,
        });
        return this;
    }
}

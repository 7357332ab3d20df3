using System.Collections.Concurrent;
using System.Text.Json;
using NodaTime;
using Parking.GateProtocol;
using Parking.Simulation.Phones;
using Parking.Simulation.Replay.Faults;

namespace Parking.Simulation.Replay.Driving;

/// <summary>Records the events of a replay. Safe to use from many threads.</summary>
/// <param name="time">The trace's time.</param>
/// <param name="facilityOf">The facility of a gate.</param>
internal sealed class ReplayRecorder(VirtualTime time, Func<string, string> facilityOf)
{
    private readonly ConcurrentQueue<Showing> _showings = new();
    private readonly ConcurrentQueue<SentInventory> _inventories = new();
    private readonly ConcurrentQueue<HandOpening> _handOpenings = new();
    private readonly ConcurrentQueue<SeenIncident> _incidents = new();
    private readonly ConcurrentQueue<RejectedEvent> _rejected = new();
    private readonly ConcurrentQueue<DiskLoss> _diskLosses = new();
    private readonly ConcurrentQueue<FaultSpan> _faults = new();
    private readonly ConcurrentQueue<OccupancySample> _samples = new();
    private readonly ConcurrentDictionary<string, List<Vehicle>> _drivers = new();

    public void Add(Showing showing) => _showings.Enqueue(showing);

    public void Add(SentInventory inventory) => _inventories.Enqueue(inventory);

    public void Add(HandOpening opening) => _handOpenings.Enqueue(opening);

    public void Add(SeenIncident incident) => _incidents.Enqueue(incident);

    /// <summary>Records an event that the service rejected.</summary>
    public void Add(string gate, EventAnswer rejected) =>
        _rejected.Enqueue(new(time.Now, gate, facilityOf(gate), rejected.Seq, rejected.Outcome, rejected.Error));

    public void Add(DiskLoss loss) => _diskLosses.Enqueue(loss);

    public void Add(OccupancySample sample) => _samples.Enqueue(sample);

    public void Add(PlannedFault fault, string? detail = null) => _faults.Enqueue(new()
    {
        At = fault.At,
        Until = fault.Until,
        Kind = NameOf(fault.Kind),
        Gate = fault.Gate,
        Facility = fault.Gate is { } gate ? facilityOf(gate) : null,
        Detail = fault.Kind == FaultKind.Skew ? $"{fault.Skew.TotalSeconds:0} s ahead" : detail,
    });

    /// <summary>Records a fault on a gate's line.</summary>
    public void Add(FaultKind kind, string gate) =>
        _faults.Enqueue(new() { At = time.Now, Until = time.Now, Kind = NameOf(kind), Gate = gate, Facility = facilityOf(gate) });

    /// <summary>Records a fault of a phone.</summary>
    public void Add(FaultKind kind, Instant until, string? detail) =>
        _faults.Enqueue(new() { At = time.Now, Until = until, Kind = NameOf(kind), Detail = detail });

    /// <summary>The slot of a driver's vehicle. Vehicles are registered in the order in which they are first shown.</summary>
    public int SlotOf(string driver, Vehicle? vehicle)
    {
        var vehicles = _drivers.GetOrAdd(driver, _ => []);
        if (vehicle is null)
        {
            return 0;
        }
        var index = vehicles.IndexOf(vehicle);
        if (index < 0)
        {
            vehicles.Add(vehicle);
            index = vehicles.Count - 1;
        }
        return index + 1;
    }

    public ReplayRecording Conclude(RunFacts run, Cities.CityPlan city) => new()
    {
        Run = run,
        City = city,
        Drivers = [.. _drivers.Select(driver => new ReplayDriver(driver.Key, driver.Value))],
        Showings = [.. _showings],
        Inventories = [.. _inventories],
        HandOpenings = [.. _handOpenings],
        Incidents = [.. _incidents],
        Rejected = [.. _rejected],
        DiskLosses = [.. _diskLosses],
        Faults = [.. _faults],
        Samples = [.. _samples],
    };

    private static string NameOf(FaultKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());
}

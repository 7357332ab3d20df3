using NodaTime;
using Parking.GateProtocol;
using Parking.Optics;

namespace Parking.Simulation.Traces.Generating;

/// <summary>
/// Simulates a city in order of time. Only parked vehicles are kept in memory. The same profile, seed and demand give the same events. Each
/// purpose has its own stream of random numbers, so that a new purpose does not change the others.
/// </summary>
internal sealed class CitySimulation
{
    private const long Hour = 60 * 60 * 1000, RepairsAtLeast = 8 * 60 * 1000, RepairsWithin = 32 * 60 * 1000;

    private readonly CityProfile _profile;
    private readonly CityDemand _demand;
    private readonly Action<TraceEvent> _write;
    private readonly List<Place> _places;
    private readonly Books _books = new();
    private readonly Agenda _agenda = new();
    private readonly GateTraffic _traffic;
    private LocalDate? _date;
    private int _days;

    /// <param name="profile">The city's profile.</param>
    /// <param name="facilities">Its facilities.</param>
    /// <param name="demand">The arrivals and the period.</param>
    /// <param name="write">Called with each event.</param>
    public CitySimulation(CityProfile profile, IReadOnlyList<PlannedFacility> facilities, CityDemand demand, Action<TraceEvent> write)
    {
        _profile = profile;
        _demand = demand;
        _write = write;
        _places = [.. facilities.Select(facility => new Place(facility))];
        _traffic = new GateTraffic(demand, profile.Shares, _places, _books, _agenda, write);
        foreach (var place in _places)
        {
            place.ArrivalsDue = Random("due", place.Plan.Index).NextUnit();
        }
    }

    /// <summary>The facilities with their present state.</summary>
    public IReadOnlyList<Place> Places => _places;

    /// <summary>Runs the simulation.</summary>
    /// <param name="progress">Called with the finished share.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public void Run(Action<double> progress, CancellationToken cancellationToken)
    {
        var (starts, ends) = (_demand.Starts.ToUnixTimeMilliseconds(), _demand.Ends.ToUnixTimeMilliseconds());
        for (var hour = starts; hour < ends; hour += Hour)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress((double)(hour - starts) / (ends - starts));
            PlanHour(hour);
            _agenda.RunUntil(Math.Min(hour + Hour, ends));
        }
    }

    private void PlanHour(long hour)
    {
        var local = Instant.FromUnixTimeMilliseconds(hour).InZone(_profile.TimeZone).LocalDateTime;
        if (_date != local.Date)
        {
            _date = local.Date;
            PlanDay(hour, local.Date);
        }
        var hours = (int)((hour - _demand.Starts.ToUnixTimeMilliseconds()) / Hour);
        foreach (var place in _places)
        {
            PlanArrivals(
                place, hour, _demand.ArrivalsIn(place.Plan, local), Random("arrivals", (hours * _places.Count) + place.Plan.Index));
        }
    }

    private void PlanArrivals(Place place, long hour, double rate, SeededRandom random)
    {
        place.ArrivalsDue += rate;
        for (; place.ArrivalsDue >= 1; place.ArrivalsDue--)
        {
            _agenda.AddTraffic(hour + random.Below((int)Hour), at => _traffic.Arrive(at, place));
        }
    }

    private void PlanDay(long midnight, LocalDate date)
    {
        var day = _days++;
        foreach (var place in _places)
        {
            PlanInventory(place, date, Random("inventory", (day * _places.Count) + place.Plan.Index));
            var random = Random("faults", (day * _places.Count) + place.Plan.Index);
            foreach (var lane in place.Entries.Concat(place.Exits))
            {
                var (fails, at, lasts) = (random.Chance(_profile.Shares.BarrierFaults), random.NextUnit(), random.NextUnit());
                if (fails)
                {
                    _agenda.Add(midnight + (long)(at * 24 * Hour), now => Fail(now, lane, RepairsAtLeast + (long)(lasts * RepairsWithin)));
                }
            }
        }
    }

    private void PlanInventory(Place place, LocalDate date, SeededRandom random)
    {
        var habits = _profile.Inventories;
        var (happens, at, isBare) = (random.Chance(habits.Share), random.NextUnit(), random.Chance(habits.BareCounts));
        var from = (date + habits.From).InZoneLeniently(_profile.TimeZone).ToInstant().ToUnixTimeMilliseconds();
        var to = (date + habits.To).InZoneLeniently(_profile.TimeZone).ToInstant().ToUnixTimeMilliseconds();
        if (happens)
        {
            _agenda.Add(from + (long)(at * (to - from)), now => TakeInventory(now, place, isBare));
        }
    }

    private void Fail(long at, Lane lane, long lasts)
    {
        if (lane.FreeAt > at)
        {
            // Vehicles in the queue have a reserved time. The barrier fails after the last of them.
            _agenda.Add(lane.FreeAt, later => Fail(later, lane, lasts));
            return;
        }
        Write(at, lane, GateIncident.BarrierFault);
        lane.FreeAt = at + lasts + Lane.Spacing;
        _agenda.Add(at + lasts, now => Write(now, lane, GateIncident.BarrierRepaired));
    }

    private void TakeInventory(long at, Place place, bool isBare)
    {
        var closes = new List<string>();
        if (!isBare)
        {
            foreach (var (driver, enteredAt) in place.Ghosts.Take(TraceFormat.MaxCloses))
            {
                // If the driver has entered somewhere since, that entry has ended this stay already.
                if (_books.Find(driver) is { } stay && stay.Place == place && stay.EnteredAt == enteredAt)
                {
                    _books.Set(driver, null);
                    closes.Add(driver.Name);
                }
            }
            place.RemoveGhosts();
        }
        _write(new TraceInventory
        {
            At = Instant.FromUnixTimeMilliseconds(at),
            Gate = place.Exits[0].Gate,
            Closes = closes,
            Count = place.Inside,
        });
    }

    private void Write(long at, Lane lane, GateIncident incident) =>
        _write(new TraceIncident { At = Instant.FromUnixTimeMilliseconds(at), Gate = lane.Gate, Incident = incident });

    private SeededRandom Random(string label, int index) => new(_demand.Seed, label, index);
}

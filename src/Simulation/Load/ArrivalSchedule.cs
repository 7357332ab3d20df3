using Parking.GateProtocol;
using Parking.Optics;
using Parking.Simulation.Cities;

namespace Parking.Simulation.Load;

/// <summary>
/// When and where drivers arrive. Arrivals are a Poisson process and do not wait until earlier drivers were served (an open loop). So a
/// slow service builds up queues as it would at real gates. The same seed gives the same arrivals.
/// </summary>
internal sealed class ArrivalSchedule
{
    private const double StaySeconds = 10;

    private const int FewestDrivers = 20;

    private static readonly TimeSpan Headway = TimeSpan.FromSeconds(1);

    private readonly double _rate;
    private readonly long _seed;
    private readonly int _gates;
    private readonly List<(int[] Entries, int[] Exits)> _facilities = [];
    private readonly int[] _entries;

    /// <param name="city">Its gates are numbered from 0.</param>
    /// <param name="rate">Arrivals per second, on average.</param>
    /// <param name="seed">Determines all random values.</param>
    public ArrivalSchedule(CityPlan city, double rate, long seed)
    {
        (_rate, _seed) = (rate, seed);
        foreach (var facility in city.Facilities)
        {
            var lanes = facility.Gates.Select((gate, index) => (gate.Direction, Number: _gates + index)).ToLookup(
                lane => lane.Direction, lane => lane.Number);
            _facilities.Add(([.. lanes[GateDirection.Entry]], [.. lanes[GateDirection.Exit]]));
            _gates += facility.Gates.Count;
        }
        _entries = [.. _facilities.SelectMany(facility => facility.Entries)];
        Drivers = Math.Max(FewestDrivers, (int)Math.Ceiling(rate * StaySeconds));
    }

    /// <summary>
    /// The number of drivers. Each enters, stays for about ten seconds, leaves the same facility, and returns about ten seconds later.
    /// </summary>
    public int Drivers { get; }

    /// <summary>The arrivals in order of time.</summary>
    /// <param name="length">The end of the arrivals.</param>
    public IEnumerable<Arrival> Until(TimeSpan length)
    {
        var facilityOf = _facilities.SelectMany((facility, index) => facility.Entries.Select(gate => (gate, index))).ToDictionary(
            pair => pair.gate, pair => pair.index);
        var inside = new int?[Drivers];
        var freeAt = new TimeSpan[_gates];
        var (when, where) = (new SeededRandom(_seed, "when", 0), new SeededRandom(_seed, "where", 0));
        var at = TimeSpan.Zero;
        for (var count = 0L; ; count++)
        {
            at += TimeSpan.FromSeconds(-Math.Log(1 - when.NextUnit()) / _rate);
            if (at >= length)
            {
                yield break;
            }
            // Drivers take turns, so that each is away for a while between two arrivals.
            var driver = (int)(count % Drivers);
            var gate = Choose(inside[driver] is { } facility ? _facilities[facility].Exits : _entries, freeAt, at, where);
            freeAt[gate] = at + Headway;
            yield return new Arrival(at, driver, gate, inside[driver] is null ? GateDirection.Entry : GateDirection.Exit);
            inside[driver] = inside[driver] is null ? facilityOf[gate] : null;
        }
    }

    /// <summary>
    /// Chooses a lane at random. A lane where a vehicle has just arrived is chosen only if there is no other, because drivers avoid queues.
    /// </summary>
    private static int Choose(int[] lanes, TimeSpan[] freeAt, TimeSpan at, SeededRandom random)
    {
        var first = random.Below(lanes.Length);
        for (var i = 0; i < lanes.Length; i++)
        {
            var lane = lanes[(first + i) % lanes.Length];
            if (freeAt[lane] <= at)
            {
                return lane;
            }
        }
        return lanes.MinBy(lane => freeAt[lane]);
    }
}

/// <summary>The arrival of a driver at a gate.</summary>
/// <param name="At">When the code is to be shown, counted from the beginning.</param>
/// <param name="Driver">The driver's number, from 0.</param>
/// <param name="Gate">The gate's index in the city, from 0.</param>
/// <param name="Direction">The gate's direction.</param>
internal readonly record struct Arrival(TimeSpan At, int Driver, int Gate, GateDirection Direction);

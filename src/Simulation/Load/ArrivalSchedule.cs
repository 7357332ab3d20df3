using Parking.GateProtocol;
using Parking.Optics;
using Parking.Simulation.Cities;

namespace Parking.Simulation.Load;

/// <summary>
/// Who comes when and where. Arrivals are a Poisson process: they come whether or not those before were served (an open loop), so that a
/// service that is slow finds more and more waiting, as it would at real gates. The same seed gives the same arrivals.
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

    /// <param name="city">Its gates are numbered through.</param>
    /// <param name="rate">Arrivals in a second, on average.</param>
    /// <param name="seed">Settles everything.</param>
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
    /// How many drivers there are. Each comes in, stays for about ten seconds, goes out where it came in, and comes again about ten seconds
    /// later.
    /// </summary>
    public int Drivers { get; }

    /// <summary>The arrivals in order of time.</summary>
    /// <param name="length">Until when.</param>
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
            // In turn: so everybody is away for a while between two arrivals.
            var driver = (int)(count % Drivers);
            var gate = Choose(inside[driver] is { } facility ? _facilities[facility].Exits : _entries, freeAt, at, where);
            freeAt[gate] = at + Headway;
            yield return new Arrival(at, driver, gate, inside[driver] is null ? GateDirection.Entry : GateDirection.Exit);
            inside[driver] = inside[driver] is null ? facilityOf[gate] : null;
        }
    }

    /// <summary>
    /// A lane at random; not one at which a vehicle has just arrived, as long as there is another: drivers look where they queue.
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

/// <summary>A driver comes to a gate.</summary>
/// <param name="At">When the code is to be shown, from the beginning.</param>
/// <param name="Driver">Who, from 0.</param>
/// <param name="Gate">Where: the gate's place in the city, from 0.</param>
/// <param name="Direction">Which way that gate leads.</param>
internal readonly record struct Arrival(TimeSpan At, int Driver, int Gate, GateDirection Direction);

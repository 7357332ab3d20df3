using Parking.Optics;

namespace Parking.Simulation.Traces.Generating;

/// <summary>A driver's visit to a facility, from the queue at the entry until the vehicle has left.</summary>
internal sealed class Visit
{
    private const int MostCalls = 16;
    private const double MillisecondsPerMinute = 60_000;

    private int _calls;

    /// <param name="seed">The trace's seed.</param>
    /// <param name="index">Selects the visit's random streams.</param>
    /// <param name="driver">The driver.</param>
    /// <param name="place">The facility.</param>
    /// <param name="shares">How often things go wrong.</param>
    public Visit(long seed, int index, Driver driver, Place place, VisitShares shares)
    {
        Index = index;
        Driver = driver;
        Place = place;
        var misses = new SeededRandom(seed, "misses", index);
        MissesEntry = misses.Chance(shares.MissedEntries);
        MissesExit = misses.Chance(shares.MissedExits);
        IsLetIn = misses.Chance(shares.OpenedByHand);
        IsLetOut = misses.Chance(shares.OpenedByHand);
        var stay = new SeededRandom(seed, "stay", index);
        IsZeroStay = stay.Chance(shares.ZeroStays);
        Stay = IsZeroStay ? 0 : DrawStay(place.Plan.Kind.StayMinutes, stay.NextUnit());
    }

    public int Index { get; }

    public Driver Driver { get; }

    public Place Place { get; }

    public bool MissesEntry { get; }

    public bool MissesExit { get; }

    /// <summary>For a missed entry: whether a person opened the barrier.</summary>
    public bool IsLetIn { get; }

    /// <summary>For a missed exit: whether a person opened the barrier.</summary>
    public bool IsLetOut { get; }

    public bool IsZeroStay { get; }

    /// <summary>The time from the entry until the driver wants to leave, in milliseconds.</summary>
    public long Stay { get; }

    /// <summary>The course of the visit to the next gate.</summary>
    public GateCall NextCall(long seed, VisitShares shares, bool isEntry)
    {
        var isFirst = _calls < 2;
        var call = GateCall.Draw(new SeededRandom(seed, "gate", (Index * MostCalls) + (_calls++ % MostCalls)), shares, isEntry);

        // A stay of no length has no delays. Later visits to a gate do not back out again, so that every visit ends.
        return IsZeroStay ? default : isFirst ? call : call with { BacksOut = false };
    }

    /// <summary>
    /// A point of the curve through the quantiles, with linear interpolation. Only basic arithmetic is used, which gives the same result on
    /// every machine.
    /// </summary>
    private static long DrawStay(IReadOnlyList<double> minutes, double at)
    {
        var place = at * (minutes.Count - 1);
        var below = (int)place;
        return (long)((minutes[below] + ((minutes[below + 1] - minutes[below]) * (place - below))) * MillisecondsPerMinute);
    }
}

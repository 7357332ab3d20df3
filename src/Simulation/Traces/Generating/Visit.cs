using Parking.Optics;

namespace Parking.Simulation.Traces.Generating;

/// <summary>A driver's visit to a facility, from the queue before its entry until the vehicle is gone.</summary>
internal sealed class Visit
{
    private const int MostCalls = 16;
    private const double MillisecondsPerMinute = 60_000;

    private int _calls;

    /// <param name="seed">The trace's.</param>
    /// <param name="index">Names the visit's own random streams.</param>
    /// <param name="driver">Who.</param>
    /// <param name="place">Where.</param>
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

    /// <summary>Of a missed entry: somebody opened the barrier by hand.</summary>
    public bool IsLetIn { get; }

    /// <summary>Of a missed exit: somebody opened the barrier by hand.</summary>
    public bool IsLetOut { get; }

    public bool IsZeroStay { get; }

    /// <summary>From being in to wanting out, in milliseconds.</summary>
    public long Stay { get; }

    /// <summary>How the visit to the next gate goes.</summary>
    public GateCall NextCall(long seed, VisitShares shares, bool isEntry)
    {
        var isFirst = _calls < 2;
        var call = GateCall.Draw(new SeededRandom(seed, "gate", (Index * MostCalls) + (_calls++ % MostCalls)), shares, isEntry);

        // A zero stay is one without delays, and nobody hesitates for ever.
        return IsZeroStay ? default : isFirst ? call : call with { BacksOut = false };
    }

    /// <summary>
    /// A point of the curve that the quantiles give, straight between two of them. Plain arithmetic, which is the same on every machine.
    /// </summary>
    private static long DrawStay(IReadOnlyList<double> minutes, double at)
    {
        var place = at * (minutes.Count - 1);
        var below = (int)place;
        return (long)((minutes[below] + ((minutes[below + 1] - minutes[below]) * (place - below))) * MillisecondsPerMinute);
    }
}

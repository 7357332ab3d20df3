using Parking.Optics;
using Parking.Simulation.Cities;

namespace Parking.Simulation.LiveCity;

/// <summary>
/// Who comes to a facility and when, without end: settled by the seed. Occupancy rises and falls by some part within minutes, so that
/// whoever looks at a screen sees it move; the whole demo city comes to about three decisions a second.
/// </summary>
internal static class VisitSchedule
{
    /// <summary>Within this time from the start the facilities fill up.</summary>
    public static readonly TimeSpan FillTime = TimeSpan.FromSeconds(20);

    /// <summary>The facility that overflows is besieged at the beginning of each such time, and left alone in the rest of it.</summary>
    public static readonly TimeSpan OverflowPeriod = TimeSpan.FromMinutes(4), OverflowRush = TimeSpan.FromSeconds(100);

    private static readonly TimeSpan TidePeriod = TimeSpan.FromMinutes(8), FirstArrival = TimeSpan.FromSeconds(1),
        ShortestStay = TimeSpan.FromSeconds(20);

    // Larger places are stayed in longer, so that they do not have more than their share of all decisions.
    private const double StaySeconds = 120, StaySecondsASpace = 1.5, TideHeight = 0.5, LeastFull = 0.4, MostFull = 0.65;

    private const double RushSecondsBetween = 3, QuietSecondsBetween = 60, OverflowStaySeconds = 100;

    private static readonly (double Share, VisitKind Kind)[] Oddities =
    [
        (0.015, VisitKind.Late), (0.015, VisitKind.Lent), (0.005, VisitKind.Damaged), (0.005, VisitKind.Poster),
    ];

    /// <summary>The visits of one facility in the order in which they begin; there is always a next one.</summary>
    /// <param name="facility">Where.</param>
    /// <param name="overflows">Whether it is the one that is full for a while, turns drivers away and empties again.</param>
    /// <param name="seed">The city's.</param>
    /// <param name="isFilled">Whether those who otherwise come at the start are inside already: then they do not come.</param>
    public static IEnumerable<PlannedVisit> Create(FacilityPlan facility, bool overflows, long seed, bool isFilled = false)
    {
        var random = new SeededRandom(seed, $"visits {facility.Id}", 0);
        return overflows ? Overflow(random) : FillAndFlow(facility, random, isFilled);
    }

    /// <summary>The facility that overflows: the smallest that enforces its capacity; null where none does.</summary>
    public static FacilityPlan? FindOverflowing(CityPlan city) =>
        city.Facilities.Where(facility => facility.EnforcesCapacity).MinBy(facility => facility.Capacity);

    private static IEnumerable<PlannedVisit> FillAndFlow(FacilityPlan facility, SeededRandom random, bool isFilled)
    {
        var mean = StaySeconds + (StaySecondsASpace * facility.Capacity);
        var inside = (int)(facility.Capacity * (LeastFull + ((MostFull - LeastFull) * random.NextUnit())));
        for (var n = 0; n < inside; n++)
        {
            // What is left of a stay that began before the start.
            var rest = ShortestStay + TimeSpan.FromSeconds(mean * random.NextUnit());
            if (!isFilled)
            {
                yield return new(FirstArrival + ((FillTime - FirstArrival) * n / inside), rest, VisitKind.Filling);
            }
        }

        // As many come as leave, but for the tide.
        var rate = inside / mean;
        var phase = random.NextUnit();
        var start = isFilled ? FirstArrival : FillTime;
        var visits = Arrive(random, start, rate * (1 + TideHeight), at => rate * (1 + (TideHeight * Tide(at, phase))));
        foreach (var at in visits)
        {
            yield return new(at, TimeSpan.FromSeconds(mean * (0.4 + (1.2 * random.NextUnit()))), Draw(Oddities, random));
        }
    }

    private static IEnumerable<PlannedVisit> Overflow(SeededRandom random)
    {
        var visits = Arrive(
            random, FirstArrival, 1 / RushSecondsBetween, at => 1 / (IsRush(at) ? RushSecondsBetween : QuietSecondsBetween));
        foreach (var at in visits)
        {
            yield return new(at, TimeSpan.FromSeconds(OverflowStaySeconds * (0.7 + (0.6 * random.NextUnit()))), VisitKind.Usual);
        }
    }

    private static bool IsRush(TimeSpan at) => at.TotalSeconds % OverflowPeriod.TotalSeconds < OverflowRush.TotalSeconds;

    private static double Tide(TimeSpan at, double phase) => Math.Sin(2 * Math.PI * ((at / TidePeriod) + phase));

    /// <summary>
    /// Arrivals that know nothing of each other (a Poisson process), at a rate that changes: made at the highest rate, and thinned.
    /// </summary>
    private static IEnumerable<TimeSpan> Arrive(SeededRandom random, TimeSpan from, double highest, Func<TimeSpan, double> rate)
    {
        for (var at = from; ;)
        {
            at += TimeSpan.FromSeconds(-Math.Log(1 - random.NextUnit()) / highest);
            if (random.Chance(rate(at) / highest))
            {
                yield return at;
            }
        }
    }

    /// <summary>Draws what a visitor shows.</summary>
    /// <param name="oddities">How many of all do something else than usual.</param>
    /// <param name="random">Draws.</param>
    public static VisitKind Draw(IEnumerable<(double Share, VisitKind Kind)> oddities, SeededRandom random)
    {
        var place = random.NextUnit();
        foreach (var (share, kind) in oddities)
        {
            if (place < share)
            {
                return kind;
            }
            place -= share;
        }
        return VisitKind.Usual;
    }
}

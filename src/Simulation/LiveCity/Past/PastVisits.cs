using Parking.Optics;
using Parking.Simulation.Cities;

namespace Parking.Simulation.LiveCity.Past;

/// <summary>
/// Who comes in the past hour and when, settled by the seed. In the end as many vehicles are inside as otherwise come at the start of the
/// living city; beside them, others have come and gone, after stays of minutes to half an hour.
/// </summary>
internal static class PastVisits
{
    private static readonly TimeSpan FirstArrival = TimeSpan.FromSeconds(30), ShortestStay = TimeSpan.FromMinutes(4),
        LastMinute = TimeSpan.FromMinutes(1);

    /// <summary>Vehicles come at multiples of this, some at once: each step of the clock is a pause for everybody else.</summary>
    private const double SecondsBetweenSteps = 8;

    private const double LeavingShare = 0.3, LatestLeaversArrival = 0.7, LongestStayShare = 0.6;

    private const double OverflowSecondsBetween = 70, OverflowStaySeconds = 540;

    private static readonly (double Share, VisitKind Kind)[] Oddities =
        [(0.01, VisitKind.Late), (0.01, VisitKind.Damaged), (0.01, VisitKind.Poster)];

    /// <summary>All visits, in the order of their coming.</summary>
    /// <param name="city">The facilities.</param>
    /// <param name="seed">The city's.</param>
    /// <param name="length">The past hour's length.</param>
    public static IReadOnlyList<PastVisit> Create(CityPlan city, long seed, TimeSpan length)
    {
        var overflowing = VisitSchedule.FindOverflowing(city);
        return [.. city.Facilities.SelectMany(facility => Of(facility, facility == overflowing, seed, length)).OrderBy(visit => visit.At)];
    }

    private static IEnumerable<PastVisit> Of(FacilityPlan facility, bool overflows, long seed, TimeSpan length)
    {
        var random = new SeededRandom(seed, $"past visits {facility.Id}", 0);
        var (entries, exits) = (facility.Entries.ToList(), facility.Exits.ToList());
        foreach (var (at, stay) in overflows ? Overflow(random, length) : FillAndFlow(facility, random, seed, length))
        {
            yield return new(
                RoundUp(at),
                RoundUp(stay),
                VisitSchedule.Draw(Oddities, random),
                entries[random.Below(entries.Count)],
                exits[random.Below(exits.Count)]);
        }
    }

    private static IEnumerable<(TimeSpan At, TimeSpan Stay)> FillAndFlow(
        FacilityPlan facility, SeededRandom random, long seed, TimeSpan length)
    {
        var staying = VisitSchedule.Create(facility, overflows: false, seed).TakeWhile(visit => visit.Kind == VisitKind.Filling).ToList();
        foreach (var (n, visit) in staying.Index())
        {
            // Early ones are more frequent: the place fills quickly, and then slowly.
            var share = n == 0 ? 0 : random.NextUnit();
            var at = FirstArrival + ((length - LastMinute - FirstArrival) * (share * Math.Sqrt(share)));
            yield return (at, length - at + visit.Stay);
        }
        for (var n = 0; n < staying.Count * LeavingShare; n++)
        {
            var at = FirstArrival + ((length - FirstArrival) * (LatestLeaversArrival * random.NextUnit()));
            var longest = Min(length * LongestStayShare, length - LastMinute - at);
            yield return (at, ShortestStay + ((longest - ShortestStay) * random.NextUnit()));
        }
    }

    private static IEnumerable<(TimeSpan At, TimeSpan Stay)> Overflow(SeededRandom random, TimeSpan length)
    {
        for (var at = FirstArrival; at < length - LastMinute;)
        {
            yield return (at, TimeSpan.FromSeconds(OverflowStaySeconds * (0.6 + (0.8 * random.NextUnit()))));
            at += TimeSpan.FromSeconds(OverflowSecondsBetween * (0.5 + random.NextUnit()));
        }
    }

    private static TimeSpan RoundUp(TimeSpan time) =>
        TimeSpan.FromSeconds(Math.Ceiling(time.TotalSeconds / SecondsBetweenSteps) * SecondsBetweenSteps);

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}

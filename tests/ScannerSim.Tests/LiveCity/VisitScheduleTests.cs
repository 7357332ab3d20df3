using Parking.Simulation.Cities;
using Parking.Simulation.LiveCity;
using Parking.Simulation.Service;

namespace Parking.ScannerSim.Tests.LiveCity;

/// <summary>Half an hour of the demo city's traffic, without gates and without waiting.</summary>
public class VisitScheduleTests
{
    private static readonly TimeSpan Span = TimeSpan.FromMinutes(30);

    private static readonly CityPlan City = DemoCity.Load();

    private static readonly FacilityPlan Small = City.Facilities.Single(facility => facility.Id == "yuyuan");

    public static TheoryData<long> Seeds => [1, 2, 3, 4, 5];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Create_WholeCity_ComesToAFewDecisionsASecondAfterTheStart(long seed)
    {
        var later = City.Facilities.SelectMany(facility => VisitsOf(facility, seed)).Count(visit => visit.At > VisitSchedule.FillTime);

        // Nearly every visit has an entry and an exit.
        Assert.InRange(2 * later / (Span - VisitSchedule.FillTime).TotalSeconds, 1.5, 4.5);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Create_FacilityThatDoesNotOverflow_IsNeitherEmptyNorFullOnceItIsFilled(long seed) => Assert.All(
        City.Facilities.Where(facility => facility != Small),
        facility =>
        {
            var curve = Occupancy(VisitsOf(facility, seed), facility.Capacity).Where(step => step.At > VisitSchedule.FillTime).ToList();
            Assert.InRange(curve.Min(step => step.Inside), 1, facility.Capacity * 0.65);
            Assert.InRange(curve.Max(step => step.Inside), facility.Capacity * 0.35, facility.Capacity);
        });

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Create_FacilityThatOverflows_IsFullInEachRushAndNearlyEmptyAfterwards(long seed)
    {
        var curve = Occupancy(VisitsOf(Small, seed), Small.Capacity);
        for (var from = TimeSpan.Zero; from + VisitSchedule.OverflowPeriod <= Span; from += VisitSchedule.OverflowPeriod)
        {
            var period = curve.Where(step => step.At >= from && step.At < from + VisitSchedule.OverflowPeriod).ToList();
            Assert.Equal(Small.Capacity, period.Max(step => step.Inside));
            Assert.Contains(period, step => step.IsTurnedAway);
            Assert.InRange(period.Where(step => step.At > from + VisitSchedule.OverflowRush).Min(step => step.Inside), 0, 3);
        }
    }

    [Fact]
    public void Create_AnySeed_IsInOrderAndTheSameAgain()
    {
        foreach (var facility in City.Facilities)
        {
            var visits = VisitsOf(facility, 7);
            Assert.Equal(visits.OrderBy(visit => visit.At), visits);
            Assert.Equal(visits, VisitsOf(facility, 7));
            Assert.All(visits, visit => Assert.True(visit.Stay >= TimeSpan.FromSeconds(20)));
        }
    }

    [Fact]
    public void Create_HalfAnHour_HasEveryKindOfVisit() => Assert.Equal(
        Enum.GetValues<VisitKind>(),
        City.Facilities.SelectMany(facility => VisitsOf(facility, 1)).Select(visit => visit.Kind).Distinct().Order());

    [Fact]
    public void FindOverflowing_DemoCity_IsTheSmallestThatEnforcesItsCapacity() =>
        Assert.Same(Small, VisitSchedule.FindOverflowing(City));

    private static List<PlannedVisit> VisitsOf(FacilityPlan facility, long seed) =>
        [.. VisitSchedule.Create(facility, facility == Small, seed).TakeWhile(visit => visit.At < Span)];

    private static List<(TimeSpan At, int Inside, bool IsTurnedAway)> Occupancy(List<PlannedVisit> visits, int capacity)
    {
        var curve = new List<(TimeSpan At, int Inside, bool IsTurnedAway)>();
        var leaving = new PriorityQueue<TimeSpan, TimeSpan>();
        foreach (var visit in visits)
        {
            while (leaving.TryPeek(out var left, out _) && left <= visit.At)
            {
                leaving.Dequeue();
                curve.Add((left, leaving.Count, false));
            }
            var isFull = leaving.Count == capacity;
            if (!isFull)
            {
                leaving.Enqueue(visit.At + visit.Stay, visit.At + visit.Stay);
            }
            curve.Add((visit.At, leaving.Count, isFull));
        }
        return curve;
    }
}

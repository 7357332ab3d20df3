using NodaTime;
using NodaTime.Text;
using Parking.Simulation.Cities;
using Parking.Simulation.LiveCity;
using Parking.Simulation.LiveCity.Past;
using Parking.Simulation.Service;

namespace Parking.ScannerSim.Tests.LiveCity;

/// <summary>Who comes in the hour before a city is shown, and where that hour begins.</summary>
public class PastVisitsTests
{
    private static readonly TimeSpan LeadIn = TimeSpan.FromMinutes(2);

    private static readonly CityPlan City = DemoCity.Load();

    public static TheoryData<long, int> SeedsAndMinutes => new() { { 1, 62 }, { 2, 62 }, { 3, 90 }, { 4, 122 }, { 5, 122 } };

    [Theory]
    [MemberData(nameof(SeedsAndMinutes))]
    public void Create_AnyFacility_HasItsFirstVisitBeforeTheHourAndNeverMoreThanItsCapacity(long seed, int minutes)
    {
        var visits = PastVisits.Create(City, seed, TimeSpan.FromMinutes(minutes));

        Assert.Equal(visits.OrderBy(visit => visit.At), visits);
        Assert.All(City.Facilities, facility =>
        {
            var own = visits.Where(visit => facility.Gates.Contains(visit.Entry)).ToList();
            Assert.True(own[0].At < LeadIn, $"{facility.Id}: {own[0].At}");
            Assert.All(own, visit => Assert.Contains(visit.Exit, facility.Exits));
            Assert.All(own, visit => Assert.True(visit.Stay > TimeSpan.FromMinutes(1), $"{visit}"));
            if (facility != VisitSchedule.FindOverflowing(City))
            {
                Assert.True(own.Max(now => own.Count(visit => visit.At <= now.At && now.At < visit.LeavesAt)) <= facility.Capacity);
            }
        });
    }

    [Theory]
    [MemberData(nameof(SeedsAndMinutes))]
    public void Create_AnyFacilityThatDoesNotOverflow_EndsAsFullAsOneWithoutAPastBegins(long seed, int minutes)
    {
        var length = TimeSpan.FromMinutes(minutes);
        var visits = PastVisits.Create(City, seed, length);

        Assert.All(City.Facilities.Where(facility => facility != VisitSchedule.FindOverflowing(City)), facility => Assert.Equal(
            VisitSchedule.Create(facility, overflows: false, seed).TakeWhile(visit => visit.Kind == VisitKind.Filling).Count(),
            visits.Count(visit => facility.Gates.Contains(visit.Entry) && visit.LeavesAt >= length)));
    }

    [Theory]
    [InlineData("2026-05-04T00:31:16Z", "Asia/Shanghai", "2026-05-03T22:58:00Z")]
    [InlineData("2026-05-04T00:00:00Z", "Asia/Shanghai", "2026-05-03T22:58:00Z")]
    [InlineData("2026-05-03T23:59:59Z", "Asia/Shanghai", "2026-05-03T21:58:00Z")]
    [InlineData("2026-05-04T00:31:16Z", "Asia/Kolkata", "2026-05-03T23:28:00Z")]
    public void StartBefore_AnyTime_IsTwoMinutesBeforeTheLastWholeHourOfTheClock(string end, string zone, string start) => Assert.Equal(
        InstantPattern.General.Parse(start).Value,
        PastHour.StartBefore(InstantPattern.General.Parse(end).Value, DateTimeZoneProviders.Tzdb[zone]));
}

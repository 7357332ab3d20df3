using NodaTime;
using Parking.GateProtocol;
using Parking.ScannerSim.Tests.Gates.FakeService;
using Parking.Simulation.Cities;
using Parking.Simulation.Demo;
using Parking.Simulation.Settings;

namespace Parking.ScannerSim.Tests.Demo;

public class DemoPlannerTests
{
    private static readonly CityPlan City = new(
        [Facility("large", 100), Facility("small", 4), Facility("street", 6) with { EnforcesCapacity = false }],
        DateTimeZone.Utc);

    [Fact]
    public void Create_SameSeed_SamePlan() => Assert.Equal(Describe(Plan(seed: 5)), Describe(Plan(seed: 5)));

    [Fact]
    public void Create_OtherSeed_OtherPlan() => Assert.NotEqual(Describe(Plan(seed: 5)), Describe(Plan(seed: 6)));

    [Fact]
    public void Create_SmallFacility_IsFilledExactlyAndLeftToItsFillers()
    {
        var plan = Plan(seed: 1);

        Assert.Equal("small", plan.SmallHouse?.Id);
        Assert.Equal(4, plan.Count(DriverRole.Filler));
        Assert.Equal(DemoPlanner.TurnedAway, plan.Count(DriverRole.TurnedAway));
        Assert.All(
            plan.Drivers.Where(driver => driver.Home.Id == "small" || driver.Other.Id == "small"),
            driver => Assert.True(driver.Role is DriverRole.Filler or DriverRole.TurnedAway));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(35)]
    [InlineData(90)]
    public void Create_ManyDrivers_NoEnforcedFacilityCanOverflow(int drivers)
    {
        var plan = Plan(seed: 3, drivers);

        foreach (var facility in City.Facilities.Where(facility => facility.EnforcesCapacity && facility != plan.SmallHouse))
        {
            Assert.True(plan.Drivers.Count(driver => driver.Home == facility) <= facility.Capacity);
        }
        Assert.Equal(drivers, plan.Drivers.Count);
    }

    [Fact]
    public void Create_TwoDrivers_HaveTwoPlates()
    {
        var plates = Plan(seed: 2, drivers: 200).Drivers.SelectMany(driver => driver.Vehicles).Select(vehicle => vehicle.Plate).ToList();

        Assert.Equal(plates.Count, plates.Distinct().Count());
    }

    [Fact]
    public void Create_FewDrivers_SaysWhatIsLeftOut()
    {
        var plan = Plan(seed: 1, drivers: 10);

        Assert.Null(plan.SmallHouse);
        Assert.Contains(plan.LeftOut, item => item.Contains("small (4 free)", StringComparison.Ordinal));
        Assert.Contains(plan.LeftOut, item => item.Contains("attended exit", StringComparison.Ordinal));
    }

    [Fact]
    public void Create_CodesThatLiveLong_LeavesTheExpiredOneOut()
    {
        var plan = DemoPlanner.Create(City, Free(), seed: 1, drivers: 30, codesExpireSoon: false);

        Assert.Equal(0, plan.Count(DriverRole.LateCode));
        Assert.Contains(plan.LeftOut, item => item.Contains("expired", StringComparison.Ordinal));
    }

    [Fact]
    public void Create_TooFewDriversForTheRoles_SaysHowManyItTakes()
    {
        var error = Assert.Throws<SettingsException>(() => Plan(seed: 1, drivers: 3));

        Assert.Contains("need 9", error.Message, StringComparison.Ordinal);
    }

    private static DemoPlan Plan(long seed, int drivers = 40) => DemoPlanner.Create(City, Free(), seed, drivers, codesExpireSoon: true);

    private static Dictionary<string, int> Free() => City.Facilities.ToDictionary(facility => facility.Id, facility => facility.Capacity);

    private static string Describe(DemoPlan plan) => string.Join('\n', plan.Drivers.Select(driver =>
        $"{driver.Number} {driver.Role} {driver.Home.Id} {driver.Other.Id} {driver.ArrivesAfter} {driver.StaysFor} {driver.IsHardToSee} " +
        string.Join(' ', driver.Vehicles)));

    private static FacilityPlan Facility(string id, int capacity) => new()
    {
        Id = id,
        Name = new BilingualText(id, id),
        Capacity = capacity,
        Gates = [new GatePlan($"{id}-in-1", GateDirection.Entry), new GatePlan($"{id}-out-1", GateDirection.Exit)],
    };
}

using Parking.GateProtocol;
using Parking.ScannerSim.Tests.Gates.FakeService;
using Parking.Simulation.Cities;
using Parking.Simulation.Load;

namespace Parking.ScannerSim.Tests.Load;

public class ArrivalScheduleTests
{
    private static readonly CityPlan City = LoadCity.Create(1000).Plan;

    [Fact]
    public void Until_SameSeed_SameArrivals() => Assert.Equal(Draw(seed: 7), Draw(seed: 7));

    [Fact]
    public void Until_LongerSchedule_BeginsWithTheShorter() =>
        Assert.Equal(
            Draw(seed: 7),
            new ArrivalSchedule(City, 200, 7).Until(TimeSpan.FromSeconds(90)).TakeWhile(arrival => arrival.At < TimeSpan.FromSeconds(60)));

    [Fact]
    public void Until_OtherSeed_OtherArrivals() => Assert.NotEqual(Draw(seed: 7), Draw(seed: 8));

    /// <summary>
    /// The gaps of a Poisson process have an exponential distribution: mean and standard deviation are both 1 / rate. With 12,000 gaps the
    /// statistical error is about one percent.
    /// </summary>
    [Fact]
    public void Until_ManyArrivals_GapsAreThoseOfAPoissonProcess()
    {
        var times = Draw(seed: 1).Select(arrival => arrival.At.TotalSeconds).ToList();
        var gaps = times.Zip(times.Skip(1), (a, b) => b - a).ToList();
        var mean = gaps.Average();
        var deviation = Math.Sqrt(gaps.Average(gap => (gap - mean) * (gap - mean)));

        Assert.InRange(times.Count, 11_500, 12_500);
        Assert.All(gaps, gap => Assert.True(gap >= 0));
        Assert.InRange(mean * 200, 0.95, 1.05);
        Assert.InRange(deviation * 200, 0.95, 1.05);
    }

    [Fact]
    public void Until_EachDriver_GoesInAndOutAtOneFacilityInTurn()
    {
        var gates = City.Facilities.SelectMany(facility => facility.Gates.Select(gate => (Facility: facility.Id, gate.Direction))).ToList();
        foreach (var driver in Draw(seed: 3).GroupBy(arrival => arrival.Driver))
        {
            var visits = driver.Select(arrival => gates[arrival.Gate]).ToList();
            Assert.All(visits, (visit, index) => Assert.Equal(index % 2 == 0 ? GateDirection.Entry : GateDirection.Exit, visit.Direction));
            Assert.All(visits.Chunk(2).Where(pair => pair.Length == 2), pair => Assert.Equal(pair[0].Facility, pair[1].Facility));
            Assert.All(driver.Zip(driver.Skip(1)), pair => Assert.True(pair.Second.At - pair.First.At > TimeSpan.FromSeconds(5)));
        }
    }

    [Fact]
    public void Until_NextArrivalAtAGate_LeavesTheVehicleTimeToPass() => Assert.All(
        Draw(seed: 3).GroupBy(arrival => arrival.Gate).Where(gate => gate.First().Direction == GateDirection.Entry),
        gate => Assert.All(gate.Zip(gate.Skip(1)), pair => Assert.True(pair.Second.At - pair.First.At >= TimeSpan.FromSeconds(1))));

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(21)]
    [InlineData(1000)]
    public void City_AnyNumberOfGates_HasThatManyAndBothWaysEverywhere(int gates)
    {
        var city = LoadCity.Create(gates).Plan;

        Assert.Equal(gates, city.Facilities.Sum(facility => facility.Gates.Count));
        Assert.Equal(gates, city.Facilities.SelectMany(facility => facility.Gates).Select(gate => gate.Id).Distinct().Count());
        Assert.All(city.Facilities, facility => Assert.True(facility.Entries.Any() && facility.Exits.Any()));
    }

    private static List<Arrival> Draw(long seed) => [.. new ArrivalSchedule(City, 200, seed).Until(TimeSpan.FromSeconds(60))];
}

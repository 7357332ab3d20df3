using NodaTime;
using Parking.GateProtocol;
using Parking.Simulation.Load;

namespace Parking.ScannerSim.Tests.Load;

public class OccupancyTruthTests
{
    private const string Facility = "f0001";

    private readonly OccupancyTruth _truth = new();

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0, 150, 0)]
    [InlineData(0, 260, 60)]
    [InlineData(1, 150, 0)]
    [InlineData(1, 260, 0)]
    [InlineData(1, 99, null)]
    [InlineData(2, 260, null)]
    public void AgeOf_ANumberAroundAnEntryOf100To200_IsTheTimeSinceItWasLastPossible(int number, int at, int? age)
    {
        _truth.Count(Facility, GateDirection.Entry, At(100), At(200));

        Assert.Equal(age, AgeOf(number, at));
    }

    [Theory]
    [InlineData(1, 300, 0)]
    [InlineData(1, 350, 0)]
    [InlineData(1, 500, 100)]
    [InlineData(0, 350, 0)]
    [InlineData(0, 299, 99)]
    public void AgeOf_ANumberAroundAnExitOf300To400_IsTheTimeSinceItWasLastPossible(int number, int at, int? age)
    {
        _truth.Count(Facility, GateDirection.Entry, At(100), At(200));
        _truth.Count(Facility, GateDirection.Exit, At(300), At(400));

        Assert.Equal(age, AgeOf(number, at));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void AgeOf_WhenEntryAndExitOverlap_EitherCanHaveBeenFirst(int number)
    {
        _truth.Count(Facility, GateDirection.Entry, At(100), At(200));
        _truth.Count(Facility, GateDirection.Exit, At(110), At(190));

        Assert.Equal(0, AgeOf(number, 150));
        Assert.Equal(100, AgeOf(number, number < 0 ? 300 : 290));
    }

    [Fact]
    public void AgeOf_VehiclesNotedInAnyOrder_AreInTheOrderOfTime()
    {
        _truth.Count(Facility, GateDirection.Entry, At(300), At(310));
        _truth.Count(Facility, GateDirection.Entry, At(100), At(110));

        Assert.Equal((190, 0), (AgeOf(0, 300), AgeOf(1, 305)));
    }

    [Fact]
    public void AgeOf_AFacilityWithoutVehicles_IsEmpty()
    {
        _truth.Count("another", GateDirection.Entry, At(0), At(1));

        Assert.Equal((0, null), (AgeOf(0, 50), AgeOf(1, 50)));
    }

    private int? AgeOf(int number, int at) => (int?)_truth.AgeOf(Facility, number, At(at))?.TotalMilliseconds;

    private static Instant At(int milliseconds) => Instant.FromUnixTimeMilliseconds(milliseconds);
}

using Parking.Api.Facilities;
using Parking.Api.Gates;
using Parking.Api.Stays;
using Parking.GateProtocol;
using Parking.Tariffs;

namespace Parking.Api.Tests.Stays;

/// <summary>Numbers that stand in stores. They may only ever be added to.</summary>
public class FrozenNumberTests
{
    [Fact]
    public void Directions_KeepTheirNumbers() => Assert.Equal(["1 Entry", "2 Exit"], Numbered<GateDirection>());

    [Fact]
    public void Endings_KeepTheirNumbers() => Assert.Equal(["0 Open", "1 Exited", "2 MissedExit", "3 MissedEntry"], Numbered<StayEnding>());

    [Fact]
    public void VehicleClasses_KeepTheirNumbers() => Assert.Equal(["1 Car", "2 Motorcycle", "3 Electric", "4 Coach"], Numbered<VehicleClass>());

    [Fact]
    public void EveryReason_EitherOpensOrNot_AndHasTextsThatFitADisplay()
    {
        foreach (var reason in Enum.GetValues<ScanReason>())
        {
            _ = reason.Opens();
            var display = GateDisplays.For(new(reason, Traffic.Start, null, Traffic.Start, Traffic.Start));
            Assert.InRange(display.Zh.Length, 1, 40);
            Assert.InRange(display.En.Length, 1, 40);
        }
    }

    private static IEnumerable<string> Numbered<T>()
        where T : struct, Enum => Enum.GetValues<T>().Select(value => $"{Convert.ToInt32(value, null)} {value}");
}

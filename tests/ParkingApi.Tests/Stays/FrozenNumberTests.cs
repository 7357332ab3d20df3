using Parking.Admission;
using Parking.GateProtocol;
using Parking.Logbook;
using Parking.Tariffs;
using Parking.Timelines;

namespace Parking.Api.Tests.Stays;

/// <summary>Numbers that are stored. Numbers may be added, but never changed.</summary>
public class FrozenNumberTests
{
    [Fact]
    public void Directions_KeepTheirNumbers() => Assert.Equal(["1 Entry", "2 Exit"], Numbered<GateDirection>());

    [Fact]
    public void Endings_KeepTheirNumbers() =>
        Assert.Equal(["0 Open", "1 Exited", "2 MissedExit", "3 MissedEntry", "4 Inventory"], Numbered<StayEnding>());

    [Fact]
    public void States_KeepTheirNumbers() =>
        Assert.Equal(
            ["1 Provisional", "2 Settled", "3 Conflicting", "4 Uncollectable", "5 Superseded", "6 Withdrawn"], Numbered<StayState>());

    [Fact]
    public void Acts_KeepTheirNumbers() =>
        Assert.Equal(["1 Opened", "2 StayedShut", "3 Passed", "4 BackedOut", "5 OpenedByHand"], Numbered<BarrierAct>());

    [Fact]
    public void VehicleClasses_KeepTheirNumbers() =>
        Assert.Equal(["1 Car", "2 Motorcycle", "3 Electric", "4 Coach"], Numbered<VehicleClass>());

    [Fact]
    public void LogEntryKinds_KeepTheirNumbers() => Assert.Equal(
        [
            "1 Tailgating", "2 BarrierFault", "3 BarrierRepaired", "4 OpenedByHand", "5 WentOffline", "6 CameBack", "7 Counted",
            "8 RefusesEverybody", "9 StorageDamaged", "10 ManyLateExits",
        ],
        Numbered<LogEntryKind>());

    [Fact]
    public void EveryReason_EitherOpensOrNot_AndHasTextsThatFitADisplay()
    {
        foreach (var reason in Enum.GetValues<ScanReason>())
        {
            _ = reason.Opens();
            StoredAnswer[] answers =
            [
                new(reason, Traffic.Start, null, Traffic.Start, Traffic.Start),
                new(reason, Traffic.Start, null, null, Traffic.Start),
                new(reason, Traffic.Start),
            ];
            Assert.All(answers.Select(GateDisplays.For), display =>
            {
                Assert.InRange(display.Zh.Length, 1, 40);
                Assert.InRange(display.En.Length, 1, 40);
            });
        }
    }

    private static IEnumerable<string> Numbered<T>()
        where T : struct, Enum => Enum.GetValues<T>().Select(value => $"{Convert.ToInt32(value, null)} {value}");
}

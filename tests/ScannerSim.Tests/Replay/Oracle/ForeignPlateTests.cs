namespace Parking.ScannerSim.Tests.Replay.Oracle;

/// <summary>
/// One car in two accounts: an exit that nobody saw enter is in doubt if its plate is parked there under another driver, and only then.
/// The other driver's stay goes on.
/// </summary>
public class ForeignPlateTests
{
    [Fact]
    public void Exit_OfACarThatAnotherDriverHasParkedThere_IsConflicting() => Assert.Equal(
        ["a/1 0-? open settled", "a/1 ?-5 missed_entry conflicting"], Shared().In("a", 0, 1).Out("a", 5, 1, "d2").Stays());

    [Fact]
    public void Exit_BeforeTheOtherDriverHasLeft_IsConflicting() => Assert.Equal(
        ["a/1 0-6 exited settled", "a/1 ?-5 missed_entry conflicting"],
        Shared().In("a", 0, 1).Out("a", 5, 1, "d2").Out("a", 6, 1).Stays());

    [Theory]
    [InlineData("a", 4, "the other driver had left")]
    [InlineData("a", 5, "the other driver left at that moment")]
    [InlineData("b", 9, "the other driver was elsewhere")]
    public void Exit_OfACarThatIsNotParkedThere_IsNoMoreThanMissed(string facility, double left, string because)
    {
        var stays = Shared().In(facility, 0, 1).Out(facility, left, 1).Out("a", 5, 1, "d2").Stays();

        Assert.True(stays.Contains("a/1 ?-5 missed_entry uncollectable"), because);
    }

    [Fact]
    public void Exit_BeforeTheOtherDriverCame_IsNoMoreThanMissed() => Assert.Contains(
        "a/1 ?-5 missed_entry uncollectable", Shared().Out("a", 5, 1, "d2").In("a", 6, 1).Stays());

    [Theory]
    [InlineData(2, "/2")]
    [InlineData(0, "")]
    public void Exit_OfAnotherCarOrOfNone_IsNoMoreThanMissed(int vehicle, string named) => Assert.Equal(
        ["a/1 0-? open settled", $"a{named} ?-5 missed_entry uncollectable"],
        Shared().In("a", 0, 1).Out("a", 5, vehicle, "d2").Stays());

    [Fact]
    public void Exit_OfADriverWithAPlateOfTheirOwn_IsNoMoreThanMissed() => Assert.Equal(
        ["a/1 0-? open settled", "a/1 ?-5 missed_entry uncollectable"], new Scene().In("a", 0, 1).Out("a", 5, 1, "d2").Stays());

    [Fact]
    public void Exit_WithAStayOfItsOwn_IsInOrder() => Assert.Equal(
        ["a/1 0-? open settled", "a/1 1-5 exited settled"],
        Shared().In("a", 0, 1).In("a", 1, 1, "d2").Out("a", 5, 1, "d2").Stays());

    private static Scene Shared() => new Scene().WithSharedVehicles();
}

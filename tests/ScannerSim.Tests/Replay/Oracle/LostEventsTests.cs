using Parking.GateProtocol;
using Parking.Simulation.Replay;

namespace Parking.ScannerSim.Tests.Replay.Oracle;

/// <summary>What the books can know of a passage when some of its events were lost with the disk of a gate.</summary>
public class LostEventsTests
{
    [Fact]
    public void Scan_Lost_NobodyKnowsOfThePassage() => Assert.Equal(
        ["a ?-60 missed_entry uncollectable"], new Scene().In("a", 0).Losing("scan").Out("a", 60).Losing().Stays());

    [Theory]
    [InlineData("move")]
    [InlineData("decision")]
    public void OneActOfAnEntry_Lost_TheOtherIsEnough(string lost) => Assert.Equal(
        ["a 0-60 exited settled"], new Scene().In("a", 0).Losing(lost).Out("a", 60).Losing().Stays());

    [Fact]
    public void DecisionAndActs_Lost_TheScanIsNotReported() => Assert.Equal(
        ["a ?-60 missed_entry uncollectable"], new Scene().In("a", 0).Losing("decision", "move").Out("a", 60).Losing().Stays());

    /// <summary>The service decides such a scan when it is reported. The code has expired by then, and the barrier had opened.</summary>
    [Fact]
    public void DecisionOfAnExit_Lost_IsALateExit() => Assert.Equal(
        ["a 0-60 exited provisional"], new Scene().In("a", 0).Losing().Out("a", 60).Losing("decision").Stays());

    [Theory]
    [InlineData("a 0-? open settled")]
    [InlineData("a 0-60 exited settled", "move")]
    public void VehicleThatWentBack_IsKnownByItsActOnly(string stay, params string[] lost) => Assert.Equal(
        [stay],
        new Scene().In("a", 0).Losing()
            .Out("a", 60).But(showing => showing with { Outcome = VehicleOutcome.BackedOut }).Losing(lost).Stays());

    [Theory]
    [InlineData("a 0-60 exited settled")]
    [InlineData("a 0-60 exited settled", "move")]
    [InlineData("a 0-60 exited provisional", "byHand")]
    [InlineData("a 0-? open settled", "byHand", "move")]
    [InlineData("a 0-60 exited settled", "decision")]
    [InlineData("a 0-? open settled", "scan")]
    public void ExitThatAPersonOpened_IsKnownByWhatIsLeft(string stay, params string[] lost) => Assert.Equal(
        [stay],
        new Scene().In("a", 0).Losing()
            .Out("a", 60).But(showing => showing with { Decision = GateDecision.Refuse, Reason = ScanReason.Expired }).Losing(lost)
            .Stays());

    [Fact]
    public void Refusal_WithNothingLost_IsNoPassage() => Assert.Equal(
        [],
        new Scene()
            .In("a", 0).But(showing => showing with { Decision = GateDecision.Refuse, Outcome = VehicleOutcome.DidNotPass }).Losing()
            .Stays());

    [Fact]
    public void Losses_AreCounted()
    {
        var counts = new Scene().In("a", 0).Losing("scan", "move").Out("a", 60).Losing("move").Judge().Counts;

        Assert.Equal((3, 1), (counts.EventsLostWithDisk, counts.PassagesLostWithDisk));
    }
}

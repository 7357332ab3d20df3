using Parking.Simulation.Replay;
using Parking.Simulation.Traces;

namespace Parking.ScannerSim.Tests.Replay.Oracle;

/// <summary>
/// Tests each rule of docs/replay.md with a short history. The format of a stay is: facility, vehicle, minutes of entry and exit, ending,
/// state.
/// </summary>
public class OracleBooksTests
{
    [Fact]
    public void Entry_ThenExit_IsAStay() => Assert.Equal(["a 0-65 exited settled"], new Scene().In("a", 0).Out("a", 65).Stays());

    [Fact]
    public void Entry_Alone_IsOpen() => Assert.Equal(["a 0-? open settled"], new Scene().In("a", 0).Stays());

    [Theory]
    [InlineData(4320, "settled")]
    [InlineData(4321, "conflicting")]
    public void Stay_LongerThanThreeDays_IsConflicting(double minutes, string state) =>
        Assert.Equal([$"a 0-{minutes} exited {state}"], new Scene().In("a", 0).Out("a", minutes).Stays());

    [Fact]
    public void Times_ToTheMillisecond_AreKept()
    {
        var stay = Assert.Single(new Scene().In("a", 0.00005).Out("a", 1).Oracle().Stays);

        Assert.Equal(Scene.Start + NodaTime.Duration.FromMilliseconds(3), stay.EnteredAt);
        Assert.Equal(Scene.At(1), stay.ExitedAt);
        Assert.Equal(Scene.At(1), stay.EndedAt);
    }

    [Theory]
    [InlineData(VehicleOutcome.BackedOut)]
    [InlineData(VehicleOutcome.DidNotPass)]
    internal void Entry_VehicleDidNotPass_IsNothing(VehicleOutcome outcome) =>
        Assert.Empty(new Scene().In("a", 0).But(showing => showing with { Outcome = outcome }).Stays());

    [Fact]
    public void Entry_RefusedButLetThroughByHand_IsAStay() => Assert.Equal(
        ["a 0-? open settled"],
        new Scene().In("a", 0)
            .But(showing => showing with { Decision = GateProtocol.GateDecision.Refuse, Outcome = VehicleOutcome.Passed })
            .Stays());

    [Theory]
    [InlineData(ShownCode.Valid, 1)]
    [InlineData(ShownCode.Expired, 1)]
    [InlineData(ShownCode.Forged, 0)]
    [InlineData(ShownCode.Damaged, 0)]
    [InlineData(ShownCode.Foreign, 0)]
    [InlineData(ShownCode.Revoked, 1)]
    internal void Entry_OnACodeThatNamesNobody_IsNobodysStay(ShownCode shown, int stays) =>
        Assert.Equal(stays, new Scene().In("a", 0).But(showing => showing with { Shown = shown }).Stays().Count);

    [Theory]
    [InlineData("a")]
    [InlineData("b")]
    public void Entry_WhileParkedAnywhere_EndsTheFirstAsMissedExit(string second) => Assert.Equal(
        ["a 0-30 missed_exit uncollectable", $"{second} 30-40 exited settled"],
        new Scene().In("a", 0).In(second, 30).Out(second, 40).Stays());

    /// <summary>Clocks of gates and rows of tables have their own grain: an exit and the next entry may share a millisecond.</summary>
    [Theory]
    [InlineData("a", "a")]
    [InlineData("a", "b")]
    public void Entries_WithTheExitBetweenThemInOneInstant_AreTwoStays(string first, string second) => Assert.Equal(
        [$"{first} 5-5 exited settled", $"{second} 5-9 exited settled"],
        new Scene().Out(second, 9).In(first, 5).Out(first, 5).In(second, 5).Stays());

    [Fact]
    public void Entry_InTheInstantOfTheExitBefore_BeginsTheNextStay() => Assert.Equal(
        ["a 0-5 exited settled", "b 5-9 exited settled"],
        new Scene().In("a", 0).In("b", 5).Out("a", 5).Out("b", 9).Stays());

    [Fact]
    public void Entry_OfAnotherVehicle_LeavesTheFirstParked() => Assert.Equal(
        ["a/1 0-? open settled", "a/2 1-? open settled", "a 2-? open settled"],
        new Scene().In("a", 0, 1).In("a", 1, 2).In("a", 2).Stays());

    [Fact]
    public void Exit_Alone_IsAMissedEntry() => Assert.Equal(["a ?-5 missed_entry uncollectable"], new Scene().Out("a", 5).Stays());

    [Fact]
    public void Exit_ParkedElsewhere_MakesBothConflicting() => Assert.Equal(
        ["a 0-9 exited conflicting", "b ?-5 missed_entry conflicting"],
        new Scene().In("a", 0).Out("b", 5).Out("a", 9).Stays());

    [Fact]
    public void Exit_AnotherVehicleParkedElsewhere_ContradictsNothing() => Assert.Equal(
        ["a/1 0-? open settled", "b/2 ?-5 missed_entry uncollectable"],
        new Scene().In("a", 0, 1).Out("b", 5, 2).Stays());

    [Fact]
    public void Exit_OfAVehicle_EndsItsOwnStay() => Assert.Equal(
        ["a/1 0-5 exited settled", "a 1-? open settled", "a/2 2-? open settled"],
        new Scene().In("a", 0, 1).In("a", 1).In("a", 2, 2).Out("a", 5, 1).Stays());

    [Fact]
    public void Exit_NamingNoVehicle_EndsTheStayThatNamedNone() => Assert.Equal(
        ["a 0-5 exited settled", "a/1 1-? open settled"],
        new Scene().In("a", 0).In("a", 1, 1).Out("a", 5).Stays());

    [Fact]
    public void Exit_NamingNoVehicle_EndsTheOneEnteredLast() => Assert.Equal(
        ["a/2 0-? open settled", "a/1 1-5 exited settled"],
        new Scene().In("a", 0, 2).In("a", 1, 1).Out("a", 5).Stays());

    [Fact]
    public void Exit_OfAVehicleThatIsNotThere_EndsTheStayThatNamedNone() => Assert.Equal(
        ["a 0-5 exited settled", "a/2 1-? open settled"],
        new Scene().In("a", 0).In("a", 1, 2).Out("a", 5, 1).Stays());

    [Fact]
    public void Exit_OfAVehicleThatIsNotThere_EndsTheOnlyOtherOneInConflict() => Assert.Equal(
        ["a/2 0-5 exited conflicting"], new Scene().In("a", 0, 2).Out("a", 5, 1).Stays());

    [Fact]
    public void Exit_OfTheVehicleThatHadLeftUnderAnotherPlate_MovesTheEndToItself() => Assert.Equal(
        ["a/2 0-60 exited settled", "a/1 ?-5 missed_entry uncollectable"],
        new Scene().In("a", 0, 2).Out("a", 5, 1).Out("a", 60, 2).Stays());

    [Fact]
    public void Exit_UnderAnotherPlateAgain_MovesTheEndToItself_StillInConflict() => Assert.Equal(
        ["a/2 0-60 exited conflicting", "a/1 ?-5 missed_entry uncollectable"],
        new Scene().In("a", 0, 2).Out("a", 5, 1).Out("a", 60, 1).Stays());

    [Fact]
    public void Exit_OfAVehicleThatIsNotThere_WithTwoOthersThere_IsAMissedEntryInConflict() => Assert.Equal(
        ["a/2 0-? open settled", "a/3 1-? open settled", "a/1 ?-5 missed_entry conflicting"],
        new Scene().In("a", 0, 2).In("a", 1, 3).Out("a", 5, 1).Stays());

    [Fact]
    public void Inventory_NamingAStay_EndsIt() => Assert.Equal(
        ["a 0-60 inventory uncollectable"],
        new Scene().In("a", 0).Inventory("a", 60, new NamedStay("d1", Scene.At(0))).Stays());

    [Fact]
    public void Inventory_NamingAStayThatHasEnded_ChangesNothing() => Assert.Equal(
        ["a 0-10 exited settled", "a 20-? open settled"],
        new Scene().In("a", 0).Out("a", 10).In("a", 20).Inventory("a", 60, new NamedStay("d1", Scene.At(0))).Stays());

    [Fact]
    public void Inventory_NamingADriver_EndsAllOfTheirsThereOnly() => Assert.Equal(
        ["a/1 0-60 inventory uncollectable", "a/2 1-60 inventory uncollectable", "b 2-? open settled"],
        new Scene().In("a", 0, 1).In("a", 1, 2).In("b", 2).Inventory("a", 60, new NamedStay("d1")).Stays());

    [Fact]
    public void Exit_AfterAnInventory_EndsTheStayAfterAll() => Assert.Equal(
        ["a 0-90 exited settled"],
        new Scene().In("a", 0).Inventory("a", 60, new NamedStay("d1")).Out("a", 90).Stays());

    [Fact]
    public void Exit_SecondAfterAnInventory_IsAMissedEntry() => Assert.Equal(
        ["a 0-90 exited settled", "a ?-95 missed_entry uncollectable"],
        new Scene().In("a", 0).Inventory("a", 60, new NamedStay("d1")).Out("a", 90).Out("a", 95).Stays());

    [Fact]
    public void Exit_AfterAnEntryElsewhereThatIsStillOpen_EndsTheStayAfterAllAndBothConflict() => Assert.Equal(
        ["a 0-40 exited conflicting", "b 30-? open conflicting"],
        new Scene().In("a", 0).In("b", 30).Out("a", 40).Stays());

    [Fact]
    public void Exit_AfterAnEntryElsewhereThatHasEnded_IsAMissedEntry() => Assert.Equal(
        ["a 0-30 missed_exit uncollectable", "b 30-35 exited settled", "a ?-40 missed_entry uncollectable"],
        new Scene().In("a", 0).In("b", 30).Out("b", 35).Out("a", 40).Stays());

    [Fact]
    public void Exit_AfterAnEntryElsewhereOnTheSameCode_EndsTheStayAfterAllAndBothConflict() => Assert.Equal(
        ["a 0-40 exited conflicting", "b 0.5-35 exited conflicting"],
        new Scene().In("a", 0, code: 1).In("b", 0.5, code: 1).Out("b", 35).Out("a", 40).Stays());

    [Fact]
    public void Code_OpenedForTwoPassages_MakesTheirStaysConflicting() => Assert.Equal(
        ["a 0-0.5 missed_exit conflicting", "a 0.5-30 exited conflicting"],
        new Scene().In("a", 0, code: 1).In("a", 0.5, code: 1).Out("a", 30).Stays());

    [Fact]
    public void Code_OpenedTwiceButPassedOnce_IsInOrder() => Assert.Equal(
        ["a 0.5-30 exited settled"],
        new Scene().In("a", 0, code: 1)
            .But(showing => showing with { Outcome = VehicleOutcome.BackedOut })
            .In("a", 0.5, code: 1).Out("a", 30).Stays());

    [Fact]
    public void SameInstant_ExitOfAnOpenStay_GoesBeforeTheEntry() => Assert.Equal(
        ["a 0-30 exited settled", "a 30-? open settled"],
        new Scene().In("a", 0).In("a", 30).Out("a", 30).Stays());

    [Fact]
    public void SameInstant_ExitWithNothingOpen_GoesAfterTheEntry() => Assert.Equal(
        ["a 30-30 exited settled"],
        new Scene().Out("a", 30).In("a", 30).Stays());

    [Fact]
    public void SameInstant_InventoryGoesLast() => Assert.Equal(
        ["a 30-30 inventory uncollectable"],
        new Scene().Inventory("a", 30, new NamedStay("d1")).In("a", 30).Stays());

    [Fact]
    public void Occupancy_FollowsPassagesInventoriesAndMissedExits()
    {
        var oracle = new Scene()
            .In("a", 0).In("a", 1, driver: "d2").In("b", 2).Out("a", 3)
            .Inventory("a", 4, new NamedStay("d2")).Out("a", 5, driver: "d2").Oracle();

        // d1's entry at b ended the stay at a. So neither d1's late exit from a nor d2's exit after the inventory frees a space a second
        // time.
        Assert.Equal(
            [(0, 1), (1, 2), (2, 1), (4, 0)],
            oracle.Occupancy["a"].Steps.Select(step => ((int)(step.At - Scene.Start).TotalMinutes, step.Occupied)));
        Assert.Equal(1, oracle.Occupancy["b"].Final);
        Assert.Equal(0, oracle.Occupancy["c"].Final);
        Assert.Equal(0, oracle.Occupancy["a"].At(Scene.At(0) - NodaTime.Duration.Epsilon));
        Assert.Equal(1, oracle.Occupancy["a"].At(Scene.At(0)));
        Assert.Equal(2, oracle.Occupancy["a"].At(Scene.At(1.9)));
        Assert.Equal(2, oracle.Occupancy["a"].Highest);
    }

    [Fact]
    public void Lines_OfAStay_NameItsEvents() => Assert.Equal(
        [[1, 3], [2], [4]],
        new Scene().In("a", 0).In("a", 1, driver: "d2").Out("a", 2).Out("b", 3, driver: "d3").Oracle().Stays.Select(stay => stay.Lines));
}

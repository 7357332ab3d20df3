using Parking.GateProtocol;

namespace Parking.ScannerSim.Tests.Replay.Oracle;

/// <summary>The oracle's rules about exits that were cut off and opened for a code that had expired.</summary>
public class LateExitTests
{
    [Fact]
    public void LateExit_OnTheCodeOfTheEntry_EndsTheStayProvisionally() => Assert.Equal(
        ["a 0-60 exited provisional"], Late(new Scene().In("a", 0, code: 1).Out("a", 60, code: 1)).Stays());

    [Fact]
    public void LateExit_BeforeTheHolderLeaves_IsAMissedEntry_AndTheEndMoves() => Assert.Equal(
        ["a 0-90 exited settled", "a ?-60 missed_entry uncollectable"],
        Late(new Scene().In("a", 0, code: 1).Out("a", 60, code: 1)).Out("a", 90).Stays());

    [Fact]
    public void LateExit_Again_DoesNotMoveTheEnd() => Assert.Equal(
        ["a 0-60 exited provisional", "a ?-70 missed_entry uncollectable"],
        Late(Late(new Scene().In("a", 0, code: 1).Out("a", 60, code: 1)).Out("a", 70, code: 1)).Stays());

    [Fact]
    public void LateExit_ThenAnEntry_BeginsAnotherStay() => Assert.Equal(
        ["a 0-60 exited provisional", "a 70-90 exited settled"],
        Late(new Scene().In("a", 0, code: 1).Out("a", 60, code: 1)).In("a", 70).Out("a", 90).Stays());

    [Fact]
    public void LateExit_WithoutAStay_IsAMissedEntry() => Assert.Equal(
        ["a ?-60 missed_entry uncollectable"], Late(new Scene().Out("a", 60)).Stays());

    [Fact]
    public void LateExits_AreCounted() => Assert.Equal(
        1, Late(new Scene().In("a", 0).Out("a", 60)).Out("a", 90).Judge().Counts.LateExits);

    private static Scene Late(Scene scene) =>
        scene.But(showing => showing with { Reason = ScanReason.OpenedOfflineLate, DecidedAlone = true });
}

using CsCheck;
using NodaTime;
using Parking.GateProtocol;
using Parking.Timelines;
using static Parking.Api.Tests.Stays.Traffic;

namespace Parking.Api.Tests.Stays;

public class TimelineFoldTests
{
    [Fact]
    public void Fold_EntryThenExit_IsOneStayThatExited()
    {
        var stay = Assert.Single(TimelineOf(Entry(0), Exit(60)).Stays);

        Assert.Equal((StayEnding.Exited, Start, Start + Duration.FromMinutes(1)), (stay.Ending, stay.EnteredAt, stay.ExitedAt));
    }

    [Fact]
    public void Fold_EntryAlone_IsAnOpenStayNamedByIt()
    {
        var entry = Entry(0);

        var stay = Assert.Single(TimelineOf(entry).Stays);

        Assert.True(stay.IsOpen);
        Assert.Equal(entry.Id, stay.Id);
        Assert.Null(stay.EndedAt);
    }

    [Fact]
    public void Fold_SecondEntryElsewhere_EndsTheFirstAsMissedExit()
    {
        var stays = TimelineOf(Entry(0), Entry(900, "museum")).Stays;

        Assert.Equal([StayEnding.MissedExit, StayEnding.Open], stays.Select(stay => stay.Ending));
        Assert.Null(stays[0].ExitedAt);
        Assert.Equal(Start + Duration.FromSeconds(900), stays[0].EndedAt);
    }

    [Fact]
    public void Fold_ExitAlone_IsAMissedEntry()
    {
        var stay = Assert.Single(TimelineOf(Exit(5)).Stays);

        Assert.Equal(StayEnding.MissedEntry, stay.Ending);
        Assert.Null(stay.EnteredAt);
        Assert.Equal(Start + Duration.FromSeconds(5), stay.ExitedAt);
    }

    [Fact]
    public void Fold_ExitAtAnotherFacility_LeavesTheStayOpen()
    {
        var stays = TimelineOf(Entry(0), Exit(5, "museum")).Stays;

        Assert.Equal([StayEnding.Open, StayEnding.MissedEntry], stays.Select(stay => stay.Ending));
    }

    [Fact]
    public void Fold_RefusedScans_ChangeNothing() =>
        Assert.Empty(TimelineOf(Refusal(0, ScanReason.Full), Refusal(1, ScanReason.Expired)).Stays);

    [Fact]
    public void Fold_EntryAndExitAtTheSameInstant_IsAZeroStay()
    {
        var stay = Assert.Single(TimelineOf(Exit(3, seq: 1), Entry(3, seq: 2)).Stays);

        Assert.Equal(StayEnding.Exited, stay.Ending);
        Assert.Equal(stay.EnteredAt, stay.ExitedAt);
    }

    [Fact]
    public void Fold_OutAndInAgainAtTheSameInstant_IsTwoStays()
    {
        var stays = TimelineOf(Entry(0), Entry(9, seq: 20), Exit(9, seq: 10)).Stays;

        Assert.Equal([StayEnding.Exited, StayEnding.Open], stays.Select(stay => stay.Ending));
    }

    [Theory]
    [InlineData(2, 2)] // its own vehicle's, though another came later
    [InlineData(0, 0)] // none named, as at its entry
    [InlineData(9, 0)] // a vehicle that never entered: the stay that named none
    public void Fold_SeveralVehiclesInside_TheExitFindsItsOwn(byte exiting, byte closed)
    {
        var stays = TimelineOf(Entry(0, vehicle: 0), Entry(1, vehicle: 2), Entry(2, vehicle: 3), Exit(5, vehicle: exiting)).Stays;

        Assert.Equal(closed, Assert.Single(stays, stay => stay.Ending == StayEnding.Exited).Vehicle.Value);
    }

    [Fact]
    public void Fold_ExitThatNamesNoVehicle_TakesTheOneThatCameLast()
    {
        var stays = TimelineOf(Entry(0, vehicle: 3), Entry(1, vehicle: 2), Exit(5, vehicle: 0)).Stays;

        Assert.Equal(2, Assert.Single(stays, stay => !stay.IsOpen).Vehicle.Value);
    }

    [Fact]
    public void Fold_AnyOrderOfArrival_GivesTheSameStays() =>
        Gen.Select(GenHistory, Gen.Int[0, int.MaxValue]).SampleCases(Depth.Cases, (history, seed) =>
        {
            var shuffled = history.ToArray();
            new Random(seed).Shuffle(shuffled);
            Assert.Equal(TimelineFold.Fold(history), TimelineFold.Fold(shuffled));
        });

    [Fact]
    public void Fold_AnyHistory_EveryPassageIsAccountedForOnce() =>
        GenHistory.SampleCases(Depth.Cases, history =>
        {
            var stays = TimelineFold.Fold(history);
            var passages = history.Where(scan => scan.Decision.Opens).Select(scan => scan.Id).ToHashSet();
            var entries = stays.Where(stay => stay.EnteredAt is not null).Select(stay => stay.Id);
            var exits = stays.Where(stay => stay.Ending is StayEnding.Exited or StayEnding.MissedEntry).Select(stay => stay.EndedBy!.Value);
            Assert.Equal(passages.Order(), entries.Concat(exits).Order());
            Assert.All(stays, stay => Assert.True(stay.EndedAt is null || stay.EnteredAt is null || stay.EndedAt >= stay.EnteredAt));
            Assert.All(stays.Where(stay => stay.IsOpen).GroupBy(stay => stay.Vehicle), sameVehicle => Assert.Single(sameVehicle));
        });
}

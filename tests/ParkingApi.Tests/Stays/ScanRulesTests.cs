using NodaTime;
using Parking.Admission;
using Parking.Codes;
using Parking.Events;
using Parking.Facilities;
using Parking.GateProtocol;
using Parking.Timelines;
using static Parking.Api.Tests.Stays.Traffic;

namespace Parking.Api.Tests.Stays;

public class ScanRulesTests
{
    private static readonly ScanRules Rules = new(AntiPassback: Duration.FromMinutes(10));
    private static readonly CodeId Fresh = new(Enumerable.Repeat((byte)0xAB, CodeId.Size).ToArray());

    [Fact]
    public void Entry_NothingParked_Enters() => Assert.Equal(ScanReason.Entered, Decide(Timeline.Empty, GateDirection.Entry, 0));

    [Theory]
    [InlineData(599, ScanReason.AlreadyParked)]
    [InlineData(600, ScanReason.EnteredAfterMissedExit)]
    public void Entry_SameVehicleStillParked_IsRefusedForTenMinutes(long second, ScanReason expected) =>
        Assert.Equal(expected, Decide(TimelineOf(Entry(0)), GateDirection.Entry, second));

    [Fact]
    public void Entry_SameVehicleParkedElsewhere_IsRefusedToo() =>
        Assert.Equal(ScanReason.AlreadyParked, Decide(TimelineOf(Entry(0, "museum")), GateDirection.Entry, 5));

    [Fact]
    public void Entry_AnotherVehicleOfTheHolder_Enters() =>
        Assert.Equal(ScanReason.Entered, Decide(TimelineOf(Entry(0, vehicle: 1)), GateDirection.Entry, 5, vehicle: 2));

    [Fact]
    public void Entry_AfterAMissedExit_EndsTheStayThatWasLeftOpen()
    {
        var timeline = TimelineOf(Entry(0, "museum"));

        Assert.Equal(ScanReason.EnteredAfterMissedExit, Decide(timeline, GateDirection.Entry, 3600));
        Assert.Equal(StayEnding.MissedExit, timeline.Add(Shown(GateDirection.Entry, 3600)).Stays[0].Ending);
    }

    [Fact]
    public void Exit_OfAnOpenStay_EndsIt()
    {
        var timeline = TimelineOf(Entry(0));

        Assert.Equal(ScanReason.Exited, Decide(timeline, GateDirection.Exit, 5));
        Assert.Equal(
            (timeline.Stays[0].Id, StayEnding.Exited),
            timeline.Add(Shown(GateDirection.Exit, 5)).Stays.Select(stay => (stay.Id, stay.Ending)).Single());
    }

    [Theory]
    [InlineData(MissedEntryPolicy.Open, ScanReason.MissedEntry)]
    [InlineData(MissedEntryPolicy.Assist, ScanReason.CallAttendant)]
    internal void Exit_NothingParkedHere_DependsOnTheFacility(MissedEntryPolicy policy, ScanReason expected) =>
        Assert.Equal(expected, Decide(TimelineOf(Entry(0, "museum")), GateDirection.Exit, 5, policy: policy));

    [Theory]
    [InlineData(GateDirection.Entry)]
    [InlineData(GateDirection.Exit)]
    internal void AnyGate_CodeThatOpenedABarrierBefore_IsRefusedFirst(GateDirection direction)
    {
        var entry = Entry(0);

        Assert.Equal(ScanReason.CodeUsed, Decide(TimelineOf(entry), direction, 5, code: entry.Code));
    }

    [Fact]
    public void Entry_CodeThatWasRefusedBefore_IsFreeAgain()
    {
        var refused = Refusal(0, ScanReason.Full);

        Assert.Equal(ScanReason.Entered, Decide(TimelineOf(refused), GateDirection.Entry, 5, code: refused.Code));
    }

    private static ScanReason Decide(
        Timeline timeline, GateDirection direction, long second, byte vehicle = 0, CodeId? code = null,
        MissedEntryPolicy policy = MissedEntryPolicy.Open) =>
        Rules.Decide(timeline, Shown(direction, second, vehicle, code), policy);

    /// <summary>A scan at the harbour as the rules are given it: as if it had opened.</summary>
    private static ScanEvent Shown(GateDirection direction, long second, byte vehicle = 0, CodeId? code = null)
    {
        var shown = direction == GateDirection.Entry
            ? Entry(second, vehicle: vehicle, seq: 99, reason: ScanReason.OpenedOffline)
            : Exit(second, vehicle: vehicle, seq: 99, reason: ScanReason.OpenedOffline);
        return shown with { Code = code ?? Fresh };
    }
}

using NodaTime;
using Parking.Api.Facilities;
using Parking.Api.Stays;
using Parking.Codes;
using Parking.GateProtocol;
using static Parking.Api.Tests.Stays.Traffic;

namespace Parking.Api.Tests.Stays;

public class ScanRulesTests
{
    private static readonly ScanRules Rules = new(AntiPassback: Duration.FromMinutes(10));
    private static readonly CodeId Fresh = new(Enumerable.Repeat((byte)0xAB, CodeId.Size).ToArray());

    [Fact]
    public void Entry_NothingParked_Enters() => Assert.Equal(new(ScanReason.Entered, null), Decide(Timeline.Empty, GateDirection.Entry, 0));

    [Theory]
    [InlineData(599, ScanReason.AlreadyParked)]
    [InlineData(600, ScanReason.EnteredAfterMissedExit)]
    public void Entry_SameVehicleStillParked_IsRefusedForTenMinutes(long second, ScanReason expected) =>
        Assert.Equal(expected, Decide(TimelineOf(Entry(0)), GateDirection.Entry, second).Reason);

    [Fact]
    public void Entry_SameVehicleParkedElsewhere_IsRefusedToo() =>
        Assert.Equal(ScanReason.AlreadyParked, Decide(TimelineOf(Entry(0, "museum")), GateDirection.Entry, 5).Reason);

    [Fact]
    public void Entry_AnotherVehicleOfTheHolder_Enters() =>
        Assert.Equal(ScanReason.Entered, Decide(TimelineOf(Entry(0, vehicle: 1)), GateDirection.Entry, 5, vehicle: 2).Reason);

    [Fact]
    public void Entry_AfterAMissedExit_EndsTheStayThatWasLeftOpen()
    {
        var timeline = TimelineOf(Entry(0, "museum"));

        Assert.Equal(timeline.Stays[0], Decide(timeline, GateDirection.Entry, 3600).Ends);
    }

    [Fact]
    public void Exit_OfAnOpenStay_EndsIt()
    {
        var timeline = TimelineOf(Entry(0));

        Assert.Equal(new(ScanReason.Exited, timeline.Stays[0]), Decide(timeline, GateDirection.Exit, 5));
    }

    [Theory]
    [InlineData(MissedEntryPolicy.Open, ScanReason.MissedEntry)]
    [InlineData(MissedEntryPolicy.Assist, ScanReason.CallAttendant)]
    internal void Exit_NothingParkedHere_DependsOnTheFacility(MissedEntryPolicy policy, ScanReason expected) =>
        Assert.Equal(expected, Decide(TimelineOf(Entry(0, "museum")), GateDirection.Exit, 5, policy: policy).Reason);

    [Theory]
    [InlineData(GateDirection.Entry)]
    [InlineData(GateDirection.Exit)]
    internal void AnyGate_CodeThatOpenedABarrierBefore_IsRefusedFirst(GateDirection direction)
    {
        var entry = Entry(0);

        Assert.Equal(ScanReason.CodeUsed, Decide(TimelineOf(entry), direction, 5, code: entry.Code).Reason);
    }

    [Fact]
    public void Entry_CodeThatWasRefusedBefore_IsFreeAgain()
    {
        var refused = Refusal(0, ScanReason.Full);

        Assert.Equal(ScanReason.Entered, Decide(TimelineOf(refused), GateDirection.Entry, 5, code: refused.Code).Reason);
    }

    private static ScanVerdict Decide(
        Timeline timeline, GateDirection direction, long second, byte vehicle = 0, CodeId? code = null, MissedEntryPolicy policy = MissedEntryPolicy.Open) =>
        Rules.Decide(timeline, new(new("harbour-gate"), direction, Harbour(policy)), code ?? Fresh, new(vehicle), Start + Duration.FromSeconds(second));

    private static Facility Harbour(MissedEntryPolicy policy) => new()
    {
        Id = new("harbour"),
        District = new("north"),
        Name = new("港口", "Harbour"),
        Capacity = 10,
        EnforcesCapacity = true,
        MissedEntry = policy,
        TimeZone = DateTimeZone.Utc,
    };
}

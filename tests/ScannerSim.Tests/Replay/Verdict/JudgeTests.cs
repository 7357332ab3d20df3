using NodaTime;
using Parking.GateProtocol;
using Parking.Simulation.Replay;
using Parking.Simulation.Replay.Books;
using Parking.Simulation.Replay.Oracle;
using Parking.Simulation.Replay.Verdict;

namespace Parking.ScannerSim.Tests.Replay.Verdict;

/// <summary>Checks right books, and books with exactly one mistake. The judge must find this mistake and no other.</summary>
public class JudgeTests
{
    private static readonly Duration Millisecond = Duration.FromMilliseconds(1);

    /// <summary>d1: a stay of an hour at a; a missed exit there; one of half an hour at b; parked at c. d2: a missed entry at a.</summary>
    private static Scene Day => new Scene()
        .In("a", 0).Out("a", 60).In("a", 100).In("b", 200).Out("b", 230).In("c", 300).Out("a", 310, driver: "d2")
        .Sample("a", 30, 1).Sample("a", 150, 1).Sample("a", 250, 0);

    [Fact]
    public void Books_Right_HaveNoMismatch()
    {
        var verdict = Day.Judge();

        Assert.Empty(verdict.Mismatches);
        Assert.True(verdict.IsGood);
        Assert.Equal(
            new VerdictCounts
            {
                Decisions = 7,
                DecisionsUnexpected = 7,
                Passages = 7,
                PassagesInOneStay = 7,
                StaysExpected = 5,
                StaysFound = 5,
                StaysMatched = 5,
                FeesCompared = 2,
                StaysArchived = 5,
                ArchivedMatched = 5,
                ArchivedFeesCompared = 4,
                SamplesCompared = 3,
            },
            verdict.Counts);
        Assert.Equal(
            [
                new(StayState.Settled, "CNY", 2, 2, 90, 90),
                new(StayState.Settled, null, 1, 1, 0, 0),
                new(StayState.Uncollectable, null, 2, 2, 0, 0),
            ],
            verdict.Money);
    }

    [Fact]
    public void Event_ThatWasNotTakenIn_IsNamed()
    {
        var verdict = Day.Reject("a", 61, 17, EventOutcome.Unreadable, "what is this").Reject("b", 62, 18, EventOutcome.Conflict).Judge();

        Assert.Equal(
            [
                (MismatchKind.RejectedEvent, "a", "a-in, event 17", "unreadable: what is this"),
                (MismatchKind.RejectedEvent, "b", "b-in, event 18", "conflict"),
            ],
            verdict.Mismatches.Select(mismatch => (mismatch.Kind, mismatch.Facility!, mismatch.Member!, mismatch.Found)));
        Assert.False(verdict.IsGood);
    }

    [Fact]
    public void Stay_Lost_IsNamedWithItsLines()
    {
        var verdict = Day.Judge(stays => stays.Skip(1));

        var lost = Assert.Single(verdict.Mismatches);
        Assert.Equal((MismatchKind.LostStay, "d1", "a"), (lost.Kind, lost.Driver, lost.Facility));
        Assert.Equal([1, 2], lost.Lines);
        Assert.Equal("2026-05-04T00:00:00Z / 2026-05-04T01:00:00Z exited", lost.Expected);
        Assert.Equal((2, 5, 0), (verdict.Counts.PassagesLost, verdict.Counts.PassagesInOneStay, verdict.Counts.PassagesDoubled));
        Assert.False(verdict.IsGood);
    }

    [Fact]
    public void Stay_Doubled_IsNamed()
    {
        var verdict = Day.Judge(stays => [.. stays, stays[0] with { Id = "again" }]);

        var doubled = Assert.Single(verdict.Mismatches);
        Assert.Equal((MismatchKind.DoubledStay, "d1", "a"), (doubled.Kind, doubled.Driver, doubled.Facility));
        Assert.Equal([1, 2], doubled.Lines);
        Assert.Equal((2, 5), (verdict.Counts.PassagesDoubled, verdict.Counts.PassagesInOneStay));
    }

    [Fact]
    public void Stay_FromNowhere_IsNamed()
    {
        var verdict = Day.Judge(stays =>
        [
            .. stays,
            stays[0] with { Id = "new", Facility = "b", EnteredAt = Scene.At(700), ExitedAt = Scene.At(710), EndedAt = Scene.At(710) },
        ]);

        Assert.Equal(MismatchKind.UnknownStay, Assert.Single(verdict.Mismatches).Kind);
    }

    [Fact]
    public void Stay_OfADriverWhoNeverPassed_IsNamed()
    {
        var verdict = new Scene().Judge(_ =>
        [
            new BookStay
            {
                Id = "x",
                Facility = "a",
                Vehicle = 0,
                EnteredAt = Scene.At(0),
                Ending = StayEnding.Open,
                State = StayState.Settled,
            },
        ]);

        Assert.Equal(MismatchKind.UnknownStay, Assert.Single(verdict.Mismatches).Kind);
    }

    [Fact]
    public void Fee_WrongByOneFen_IsNamed()
    {
        var verdict = Day.Judge(stays => Change(stays, 0, stay => stay with { Fee = new("CNY", 61) }));

        var fee = Assert.Single(verdict.Mismatches);
        Assert.Equal((MismatchKind.Fee, "60 CNY", "61 CNY"), (fee.Kind, fee.Expected, fee.Found));
        Assert.Equal([1, 2], fee.Lines);
    }

    [Fact]
    public void Fee_InAnotherCurrency_IsNamed() =>
        Assert.Equal(
            MismatchKind.Fee,
            Assert.Single(Day.Judge(stays => Change(stays, 0, stay => stay with { Fee = new("JPY", 60) })).Mismatches).Kind);

    [Fact]
    public void Fee_Missing_IsNamed() =>
        Assert.Equal("—", Assert.Single(Day.Judge(stays => Change(stays, 0, stay => stay with { Fee = null })).Mismatches).Found);

    [Fact]
    public void Fee_OfAMissedExit_IsNamed()
    {
        var fee = Assert.Single(Day.Judge(stays => Change(stays, 1, stay => stay with { Fee = new("CNY", 5) })).Mismatches);

        Assert.Equal((MismatchKind.Fee, "—", "5 CNY"), (fee.Kind, fee.Expected, fee.Found));
    }

    public static TheoryData<string, int> WrongMembers => new()
    {
        { "facility", 0 }, { "vehicle", 0 }, { "enteredAt", 0 }, { "exitedAt", 0 }, { "endedAt", 0 },
        { "ending", 0 }, { "state", 0 }, { "endedAt", 1 }, { "enteredAt", 3 }, { "state", 3 },
    };

    [Theory]
    [MemberData(nameof(WrongMembers))]
    public void Stay_OneMemberWrong_IsThatMemberAndNotALostStay(string member, int index)
    {
        var verdict = Day.Judge(stays => Change(stays, index, stay => member switch
        {
            "facility" => stay with { Facility = "b" },
            "vehicle" => stay with { Vehicle = 1 },
            "enteredAt" => stay with { EnteredAt = stay.EnteredAt + Millisecond },
            "exitedAt" => stay with { ExitedAt = stay.ExitedAt + Millisecond },
            "endedAt" => stay with { EndedAt = stay.EndedAt - Millisecond },
            "ending" => stay with { Ending = StayEnding.MissedExit },
            _ => stay with { State = StayState.Provisional },
        }));

        var wrong = Assert.Single(verdict.Mismatches);
        Assert.Equal((MismatchKind.StayMember, member), (wrong.Kind, wrong.Member));
        Assert.NotEqual(wrong.Expected, wrong.Found);
    }

    [Fact]
    public void Stay_StateNotTold_IsAMismatch() =>
        Assert.Equal("state", Assert.Single(Day.Judge(stays => Change(stays, 0, stay => stay with { State = null })).Mismatches).Member);

    [Theory]
    [InlineData(StayState.Superseded)]
    [InlineData(StayState.Withdrawn)]
    internal void Record_OfWhatWasTakenBack_IsNoStay(StayState state)
    {
        var verdict = Day.Judge(stays => [.. stays, stays[0] with { Id = "old", State = state }]);

        Assert.Empty(verdict.Mismatches);
        Assert.Equal(1, verdict.Counts.RecordsSetAside);
    }

    [Fact]
    public void Stay_EndedMoreThanThirtyDaysBefore_MayBeForgotten()
    {
        var scene = new Scene().In("a", -45_000).Out("a", -44_000);

        var verdict = scene.Judge(_ => []);
        Assert.Empty(verdict.Mismatches);
        Assert.Equal(1, verdict.Counts.StaysForgotten);
        Assert.Empty(scene.Judge().Mismatches);
        Assert.NotEmpty(new Scene().In("a", -40_000).Out("a", -39_000).Judge(_ => []).Mismatches);
    }

    [Fact]
    public void Conflict_TheOracleSaysSoToo_IsListedAndNoMismatch()
    {
        var verdict = new Scene().In("a", 0).In("b", 30).Out("a", 40).Judge();

        Assert.Empty(verdict.Mismatches);
        Assert.Equal(["a", "b"], verdict.Conflicting.Select(stay => stay.Facility));
        Assert.Equal([1, 2, 3], verdict.Conflicting[0].Lines);
    }

    [Fact]
    public void Occupancy_WrongInTheEnd_IsNamed()
    {
        var wrong = Assert.Single(Day.Judge(occupied: (facility, right) => facility == "c" ? 2 : right).Mismatches);

        Assert.Equal(
            (MismatchKind.Occupancy, "c", "end", "1", "2"),
            (wrong.Kind, wrong.Facility, wrong.Member, wrong.Expected, wrong.Found));
    }

    [Fact]
    public void Occupancy_NotTold_IsNamed() =>
        Assert.Equal("—", Assert.Single(Day.Judge(occupied: (facility, right) => facility == "c" ? null : right).Mismatches).Found);

    [Fact]
    public void Sample_WrongWithNothingInFlight_IsNamed()
    {
        var wrong = Assert.Single(Day.Sample("a", 150, 2).Judge().Mismatches);

        Assert.Equal((MismatchKind.Occupancy, "sample", "1", "2"), (wrong.Kind, wrong.Member, wrong.Expected, wrong.Found));
        Assert.Equal(Scene.At(150), wrong.At);
    }

    [Fact]
    public void Sample_WithSomethingInFlight_IsLeftOut()
    {
        var verdict = Day.Sample("a", 150, 2, isQuiet: false).Judge();

        Assert.Empty(verdict.Mismatches);
        Assert.Equal(1, verdict.Counts.SamplesLeftOut);
    }

    [Fact]
    public void Decision_OtherThanExpected_IsNamed()
    {
        var wrong = Assert.Single(
            Day.But(showing => showing with { Expected = ScanReason.MissedEntry, Reason = ScanReason.Exited }).Judge().Mismatches);

        Assert.Equal((MismatchKind.Decision, "missed_entry", "exited"), (wrong.Kind, wrong.Expected, wrong.Found));
        Assert.Equal([7], wrong.Lines);
    }

    [Fact]
    public void Decision_NeverMade_IsNamed() =>
        Assert.Equal(
            "—",
            Assert.Single(Day.But(showing => showing with { Expected = ScanReason.MissedEntry, Reason = null }).Judge().Mismatches).Found);

    [Fact]
    public void Decision_ReachedByAFault_IsNotCompared()
    {
        var verdict = Day
            .But(showing => showing with
            {
                Expected = ScanReason.MissedEntry,
                Reason = ScanReason.OpenedOffline,
                Reach = FaultReach.GateCut,
            })
            .Judge();

        Assert.Empty(verdict.Mismatches);
        Assert.Equal((0, 1, 6), (verdict.Counts.DecisionsCompared, verdict.Counts.DecisionsReached, verdict.Counts.DecisionsUnexpected));
    }

    [Fact]
    public void Decision_OnAnEndedPhoneThatTheStoreMayHaveLost_IsCountedAndNotCompared()
    {
        var verdict = Day
            .But(showing => showing with
            {
                Expected = ScanReason.DeviceRevoked,
                Reason = ScanReason.Exited,
                Reach = FaultReach.EndUnsure | FaultReach.GateCut,
            })
            .Judge();

        Assert.Empty(verdict.Mismatches);
        Assert.Equal((0, 1, 1), (verdict.Counts.DecisionsCompared, verdict.Counts.DecisionsReached, verdict.Counts.EndsUnsure));
    }

    private static IEnumerable<BookStay> Change(IReadOnlyList<BookStay> stays, int index, Func<BookStay, BookStay> change) =>
        stays.Select((stay, at) => at == index ? change(stay) : stay);
}

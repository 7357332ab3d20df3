using NodaTime;
using Parking.Simulation.Replay.Books;
using Parking.Simulation.Replay.Oracle;
using Parking.Simulation.Replay.Verdict;

namespace Parking.ScannerSim.Tests.Replay.Verdict;

/// <summary>Right books, and an archive with exactly one mistake. The judge must find this mistake and no other.</summary>
public class ArchiveJudgeTests
{
    /// <summary>d1: a stay of an hour at a; a missed exit there; one of half an hour at b; parked at c. d2: a missed entry at a.</summary>
    private static Scene Day => new Scene()
        .In("a", 0).Out("a", 60).In("a", 100).In("b", 200).Out("b", 230).In("c", 300).Out("a", 310, driver: "d2");

    [Fact]
    public void Stay_NotArchived_IsNamedWithItsLines()
    {
        var missing = Only(Day.Judge(archived: stays => stays.Skip(1)));

        Assert.Equal((MismatchKind.NotArchived, "d1", "a"), (missing.Kind, missing.Driver, missing.Facility));
        Assert.Equal(("2026-05-04T00:00:00Z / 2026-05-04T01:00:00Z exited", "—"), (missing.Expected, missing.Found));
        Assert.Equal([1, 2], missing.Lines);
    }

    [Theory]
    [InlineData("d1-0")]
    [InlineData("another")]
    public void Stay_ArchivedTwice_IsNamed(string id)
    {
        var doubled = Only(Day.Judge(archived: stays => [.. stays, stays[0] with { Id = id }]));

        Assert.Equal((MismatchKind.DoubledInArchive, "a", id), (doubled.Kind, doubled.Facility, doubled.Member));
    }

    [Fact]
    public void Stay_FromNowhere_IsNamed()
    {
        var unknown = Only(Day.Judge(archived: stays =>
            [.. stays, stays[0] with { Id = "new", EnteredAt = Scene.At(700), EndedAt = Scene.At(710) }]));

        Assert.Equal(MismatchKind.UnknownInArchive, unknown.Kind);
        Assert.Equal("2026-05-04T11:40:00Z / 2026-05-04T11:50:00Z exited", unknown.Found);
    }

    [Fact]
    public void Stay_ThatBecamePartOfAnother_IsSetAside()
    {
        var verdict = Day.Judge(archived: stays => [.. stays, stays[0] with { Id = "old", State = StayState.Superseded }]);

        Assert.Empty(verdict.Mismatches);
        Assert.Equal(5, verdict.Counts.StaysArchived);
    }

    /// <summary>Each row of this table is one wrong value of the archived stay of an hour at a.</summary>
    public static TheoryData<string, string, string> WrongMembers => new()
    {
        { "id", "d1-0", "another" },
        { "facility", "a", "b" },
        { "entryGate", "a-in", "a-in-2" },
        { "exitGate", "a-out", "—" },
        { "enteredAt", "2026-05-04T00:00:00Z", "2026-05-04T00:00:00.001Z" },
        { "endedAt", "2026-05-04T01:00:00Z", "2026-05-04T01:01:00Z" },
        { "ending", "exited", "inventory" },
        { "state", "settled", "provisional" },
        { "unaccountedAt", "—", "2026-05-04T00:00:00Z" },
        { "fee", "60 CNY", "61 CNY" },
    };

    [Theory]
    [MemberData(nameof(WrongMembers))]
    public void Member_Wrong_IsNamed(string member, string expected, string found)
    {
        var wrong = Only(Day.Judge(archived: stays => [Spoil(stays[0], member), .. stays.Skip(1)]));

        Assert.Equal((MismatchKind.ArchivedMember, member, expected, found), (wrong.Kind, wrong.Member, wrong.Expected, wrong.Found));
        Assert.Equal(("d1", "a"), (wrong.Driver, wrong.Facility));
        Assert.Equal([1, 2], wrong.Lines);
    }

    [Fact]
    public void LineOfTheFee_Wrong_IsNamed()
    {
        var wrong = Only(Day.Judge(archived: stays =>
            [WithLast(stays[0], last => last with { Lines = [new("flat", 60, null, null, 2, 30)] }), .. stays.Skip(1)]));

        Assert.Equal(("lines", "flat 60 = 1 × 60, — / —", "flat 60 = 2 × 30, — / —"), (wrong.Member, wrong.Expected, wrong.Found));
    }

    [Fact]
    public void Fee_OfAMissedExit_IsNamed() =>
        Assert.Equal(
            ("fee", "—", "5 CNY"),
            MemberOf(Only(Day.Judge(archived: stays =>
                [stays[0], WithLast(stays[1], last => last with { Total = 5, Currency = "CNY" }), .. stays.Skip(2)]))));

    [Fact]
    public void EndedStay_WithoutARevision_IsNamed() =>
        Assert.Contains(
            ("revision", "1 or more", "0"),
            Day.Judge(archived: stays => [stays[0] with { Revision = 0, Revisions = [] }, .. stays.Skip(1)]).Mismatches.Select(MemberOf));

    [Fact]
    public void Revision_ThatIsMissing_IsNamed() =>
        Assert.Equal(
            ("revision", "2", "2, of which there are 2"),
            MemberOf(Only(Day.Judge(archived: stays =>
                [WithLast(stays[0] with { Revision = 2 }, last => last with { Revision = 2 }), .. stays.Skip(1)]))));

    [Fact]
    public void LastRevision_ThatIsNotHowTheStayIs_IsNamed()
    {
        var wrong = Only(Day.Judge(archived: stays =>
            [WithLast(stays[0], last => last with { State = StayState.Provisional }), .. stays.Skip(1)]));

        Assert.Equal("last revision", wrong.Member);
        Assert.EndsWith("settled", wrong.Expected, StringComparison.Ordinal);
        Assert.EndsWith("provisional", wrong.Found, StringComparison.Ordinal);
    }

    /// <summary>Of an open stay, only the time tells that it is too long. The archive is told of it when the stay ends.</summary>
    [Fact]
    public void OpenStay_ThatIsTooLong_IsArchivedByItsEvents()
    {
        var late = new Scene().In("a", -72 * 60);
        var stay = Assert.Single(late.Oracle().Stays);

        var verdict = late.Judge(archived: stays => [stays[0] with { State = StayState.Settled }]);

        Assert.Equal(StayState.Conflicting, stay.State);
        Assert.Empty(verdict.Mismatches);
    }

    private static Mismatch Only(ReplayVerdict verdict)
    {
        Assert.False(verdict.IsGood);
        return Assert.Single(verdict.Mismatches);
    }

    private static (string?, string, string) MemberOf(Mismatch mismatch) => (mismatch.Member, mismatch.Expected, mismatch.Found);

    private static ArchivedBook WithLast(ArchivedBook stay, Func<ArchivedBookRevision, ArchivedBookRevision> change) =>
        stay with { Revisions = [change(Assert.Single(stay.Revisions))] };

    /// <summary>The same mistake is in the stay and in its last revision, where both have the member.</summary>
    private static ArchivedBook Spoil(ArchivedBook stay, string member) => member switch
    {
        "id" => stay with { Id = "another" },
        "facility" => stay with { Facility = "b" },
        "entryGate" => stay with { EntryGate = "a-in-2" },
        "exitGate" => stay with { ExitGate = null },
        "enteredAt" => Both(stay with { EnteredAt = stay.EnteredAt + Duration.FromMilliseconds(1) }),
        "endedAt" => Both(stay with { EndedAt = stay.EndedAt + Duration.FromMinutes(1) }),
        "ending" => Both(stay with { Ending = StayEnding.Inventory }),
        "state" => Both(stay with { State = StayState.Provisional }),
        "unaccountedAt" => stay with { UnaccountedAt = Scene.At(0) },
        _ => WithLast(stay, last => last with { Total = 61 }),
    };

    private static ArchivedBook Both(ArchivedBook stay) => WithLast(stay, last => last with
    {
        EnteredAt = stay.EnteredAt,
        EndedAt = stay.EndedAt,
        Ending = stay.Ending,
        State = stay.State,
    });
}

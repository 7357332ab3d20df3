using NodaTime;
using Parking.BackOffice.Cases;
using Parking.BackOffice.Sql;
using Parking.BackOffice.Tests.Infrastructure;

namespace Parking.BackOffice.Tests.Cases;

/// <summary>What is done with cases, and what is kept of them, on both databases.</summary>
public abstract class CaseBookContract(SqlUnderTest sql) : CaseContract(sql)
{
    private static readonly Duration Minute = Duration.FromMinutes(1);

    [Fact]
    public async Task Case_WithAllThatWasDone_IsThereAfterARestart()
    {
        var stay = await ArchiveAsync(Alice, 1);
        var opened = await ReviewAsync(stay);
        Clock.Now += Minute;
        var assigned = DoneIn(await Cases.DoAsync(opened.Number, new(NewStep(), CaseChange.Assigned, 1, "li-na", Assignee: "wang")));
        Clock.Now += Minute;
        DoneIn(await AnswerAsync(assigned));

        Assert.Equal("1000-6", opened.Number.ToString());
        Assert.Equal((CaseState.Open, "wang", 2L), (assigned.State, assigned.Assignee, assigned.Version));
        var file = await Search.FindAsync(opened.Number, Cancel);
        Assert.Equal(
            opened with
            {
                Version = 3,
                State = CaseState.Answered,
                Assignee = "wang",
                Answer = "corrected",
                EndedAt = Clock.Now,
                EndedBy = "wang",
            },
            file!.Case);
        Assert.Equal((CaseKind.Review, stay, "harbour", "li-na"), (
            file.Case.Kind, file.Case.Stay, file.Case.Facility.Value, file.Case.OpenedBy));
        Assert.Equal(
            [
                new(1, CaseChange.Opened, opened.OpenedAt, "li-na", "the exit is missing", null),
                new(2, CaseChange.Assigned, opened.OpenedAt + Minute, "li-na", null, "wang"),
                new(3, CaseChange.Answered, Clock.Now, "wang", "corrected", null),
            ],
            file.Steps);
    }

    [Fact]
    public async Task Dispute_NamesItsStay_AndNoOperator()
    {
        var stay = await ArchiveAsync(Alice, 1);

        var dispute = DoneIn(await DisputeAsync(Alice, stay));

        Assert.Equal((CaseKind.Dispute, stay, DisputeReason.Times, null, "I left at noon"), (
            dispute.Kind, dispute.Stay, dispute.Reason, dispute.OpenedBy, dispute.Text));
        Assert.Equal([dispute], await Search.OfHolderAsync(Alice, CaseKind.Dispute, Cancel));
        Assert.Empty(await Search.OfHolderAsync(Bob, null, Cancel));
    }

    [Fact]
    public async Task Dispute_OfAStayOfSomebodyElse_OrOfNone_OpensNothing()
    {
        var stay = await ArchiveAsync(Alice, 1);

        Assert.Equal(CaseOutcome.NotFound, (await DisputeAsync(Bob, stay)).Outcome);
        Assert.Equal(CaseOutcome.NotFound, (await DisputeAsync(Alice, Codes.CodeId.Parse(new string('0', 32)))).Outcome);
        Assert.Empty(await NumbersAsync());
    }

    [Fact]
    public async Task SecondDispute_OfAStay_IsRefusedWhileTheFirstIsOpen()
    {
        var stay = await ArchiveAsync(Alice, 1);
        var first = DoneIn(await DisputeAsync(Alice, stay));

        var second = await DisputeAsync(Alice, stay);
        Assert.Equal((CaseOutcome.AlreadyDisputed, first), (second.Outcome, second.Case));

        DoneIn(await AnswerAsync(first));
        DoneIn(await DisputeAsync(Alice, stay));
    }

    [Fact]
    public async Task Disputes_OfAHolder_AreLimited_AndAnswersMakeRoom()
    {
        var open = new List<CaseRecord>();
        for (var n = 0; n < CaseBook.MostDisputes; n++)
        {
            open.Add(DoneIn(await DisputeAsync(Alice, await ArchiveAsync(Alice, n))));
        }

        var stay = await ArchiveAsync(Alice, 100);
        Assert.Equal(CaseOutcome.TooMany, (await DisputeAsync(Alice, stay)).Outcome);
        await ReviewAsync(stay);

        DoneIn(await AnswerAsync(open[2]));
        DoneIn(await DisputeAsync(Alice, stay));
    }

    [Fact]
    public async Task Step_SentAgain_IsDoneOnce_AndAnotherOneUnderItsName_Never()
    {
        var (stay, other) = (await ArchiveAsync(Alice, 1), await ArchiveAsync(Alice, 2));
        var (opening, answering) = (NewStep(), NewStep());
        var opened = DoneIn(await DisputeAsync(Alice, stay, opening));

        Assert.Equal(opened, DoneIn(await DisputeAsync(Alice, stay, opening)));
        Assert.Equal(CaseOutcome.StepTaken, (await DisputeAsync(Alice, stay, opening, "I left at one")).Outcome);
        Assert.Equal(CaseOutcome.StepTaken, (await DisputeAsync(Alice, other, opening)).Outcome);
        Assert.Equal(CaseOutcome.StepTaken, (await AnswerAsync(opened, step: opening)).Outcome);

        var answered = DoneIn(await AnswerAsync(opened, step: answering));
        Assert.Equal(answered, DoneIn(await AnswerAsync(opened, step: answering)));
        Assert.Equal(answered, DoneIn(await DisputeAsync(Alice, stay, opening)));
        Assert.Equal(CaseOutcome.StepTaken, (await AnswerAsync(opened, "wrong again", step: answering)).Outcome);
        Assert.Equal(CaseOutcome.StepTaken, (await AnswerAsync(opened, staff: "zhao", step: answering)).Outcome);
        Assert.Equal(2, (await Search.FindAsync(opened.Number, Cancel))!.Steps.Count);
    }

    [Fact]
    public async Task Step_OfWhoeverIsBehind_IsNotDone_AndSaysHowTheCaseIs()
    {
        var opened = await ReviewAsync(await ArchiveAsync(Alice, 1));
        var answered = DoneIn(await AnswerAsync(opened));

        var late = await AnswerAsync(opened, "something else", "zhao");
        var again = await AnswerAsync(answered, "something else", "zhao");

        Assert.Equal((CaseOutcome.Changed, answered), (late.Outcome, late.Case));
        Assert.Equal((CaseOutcome.Ended, answered), (again.Outcome, again.Case));
        Assert.Equal(CaseOutcome.NotFound, (await AnswerAsync(opened with { Number = new(9) })).Outcome);
    }

    [Fact]
    public async Task ManyAnswers_AtOnce_OnTwoInstances_AreOneAnswer()
    {
        var other = BookOn(await Sql.OpenAsync());
        var opened = await ReviewAsync(await ArchiveAsync(Alice, 1));

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => (n % 2 == 0 ? Cases : other).DoAsync(
            opened.Number, new(NewStep(), CaseChange.Answered, 1, $"s-{n}", $"answer {n}"))));

        var done = DoneIn(Assert.Single(results, result => result.Outcome == CaseOutcome.Done));
        Assert.All(results, result => Assert.Equal(done, result.Case));
        Assert.Equal(2, (await Search.FindAsync(opened.Number, Cancel))!.Steps.Count);
    }

    /// <summary>One person's phone and tablet, or a phone that sends again before it is answered.</summary>
    [Fact]
    public async Task ManyDisputes_AtOnce_OfOneStay_AreOneCase()
    {
        var other = BookOn(await Sql.OpenAsync());
        var stay = await ArchiveAsync(Alice, 1);
        var step = NewStep();

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => (n % 2 == 0 ? Cases : other).OpenDisputeAsync(
            n < 4 ? step : NewStep(), Alice, stay, DisputeReason.Price, "too much")));

        Assert.Single(results.Select(result => result.Case!.Number).Distinct());
        Assert.Single(await NumbersAsync());
    }

    [Fact]
    public async Task ManyDisputes_AtOnce_OfManyStays_AreNoMoreThanAHolderMayHave()
    {
        var other = BookOn(await Sql.OpenAsync());
        var stays = new List<Codes.CodeId>();
        for (var n = 0; n < CaseBook.MostDisputes + 3; n++)
        {
            stays.Add(await ArchiveAsync(Alice, n));
        }

        var results = await Task.WhenAll(stays.Select((stay, n) => (n % 2 == 0 ? Cases : other).OpenDisputeAsync(
            NewStep(), Alice, stay, DisputeReason.Price, "too much")));

        Assert.Equal(CaseBook.MostDisputes, results.Count(result => result.Outcome == CaseOutcome.Done));
        Assert.Equal(3, results.Count(result => result.Outcome == CaseOutcome.TooMany));
    }

    /// <summary>The holders' locks do not keep these apart.</summary>
    [Fact]
    public async Task OneName_ForStepsOnTwoHoldersStays_AtOnce_IsOneStep()
    {
        var other = BookOn(await Sql.OpenAsync());
        var (mine, theirs) = (await ArchiveAsync(Alice, 1), await ArchiveAsync(Bob, 1));
        var step = NewStep();

        var results = await Task.WhenAll(
            Cases.OpenReviewAsync(step, mine, "one", null, "li-na"), other.OpenReviewAsync(step, theirs, "two", null, "li-na"));

        Assert.Equal([CaseOutcome.Done, CaseOutcome.StepTaken], results.Select(result => result.Outcome).Order());
    }

    [Fact]
    public async Task Cases_AreFound_ByStateKindAssigneeStayAndFacility()
    {
        var (harbour, station) = (await ArchiveAsync(Alice, 1), await ArchiveAsync(Bob, 2, "station"));
        var review = await ReviewAsync(harbour, "wang");
        var dispute = DoneIn(await DisputeAsync(Bob, station));
        var ended = DoneIn(await AnswerAsync(await ReviewAsync(harbour)));

        var (one, two, three) = (review.Number.Value, dispute.Number.Value, ended.Number.Value);
        Assert.Equal([three, two, one], await NumbersAsync());
        Assert.Equal([one, two], await NumbersAsync(CaseState.Open));
        Assert.Equal([three], await NumbersAsync(CaseState.Answered));
        Assert.Equal([two], await NumbersAsync(kind: CaseKind.Dispute));
        Assert.Equal([one], await NumbersAsync(assignee: "wang"));
        Assert.Equal([three, one], await NumbersAsync(stay: harbour));
        Assert.Equal([two], await NumbersAsync(facilities: ["station", "nowhere"]));
        Assert.Empty(await NumbersAsync(facilities: []));
    }

    [Fact]
    public async Task Pages_GoOn_WhereTheLastOneEnded()
    {
        var stay = await ArchiveAsync(Alice, 1);
        for (var n = 0; n < 5; n++)
        {
            await ReviewAsync(stay);
        }

        Assert.Equal([1000L, 1001, 1002, 1003, 1004], await AllAsync(CaseState.Open));
        Assert.Equal([1004L, 1003, 1002, 1001, 1000], await AllAsync(null));
    }

    [Fact]
    public async Task Erased_NothingThatPeopleWroteIsLeft_AndTheCaseIsNotFound()
    {
        var (mine, theirs) = (await ArchiveAsync(Alice, 1), await ArchiveAsync(Bob, 2));
        var dispute = DoneIn(await DisputeAsync(Alice, mine));
        DoneIn(await AnswerAsync(dispute));
        var review = await ReviewAsync(mine, "wang");
        var kept = await ReviewAsync(theirs, "wang");
        await HideAsync();

        Assert.Equal(3, await Cases.EraseAsync(Alice));
        Assert.Equal(0, await Cases.EraseAsync(Alice));

        Assert.Equal(["the exit is missing", "wang", "wang"], await TextsAsync());
        Assert.Null(await Search.FindAsync(review.Number, Cancel));
        Assert.Equal([kept.Number.Value], await NumbersAsync());
        Assert.Equal(CaseOutcome.NotFound, (await AnswerAsync(review)).Outcome);
        Assert.Equal(CaseOutcome.NotFound, (await DisputeAsync(Alice, mine)).Outcome);
    }

    /// <summary>The drain hid the holder, or forgot them already, when the database was back.</summary>
    [Theory]
    [InlineData("UPDATE subjects SET hidden_at = 1 WHERE subject = 'a'")]
    [InlineData("DELETE FROM stays WHERE holder < 0")]
    public async Task Erased_WhileTheDatabaseWasAway_ItIsErasedLater(string hide)
    {
        DoneIn(await DisputeAsync(Alice, await ArchiveAsync(Alice, 1)));
        DoneIn(await DisputeAsync(Bob, await ArchiveAsync(Bob, 2)));
        Assert.Equal(0, await Cases.EraseHiddenAsync(Cancel));
        await Database.WriteAsync(db => db.ExecuteAsync(hide), Cancel);

        Assert.Equal(1, await Cases.EraseHiddenAsync(Cancel));
        Assert.Equal(["I left at noon"], await TextsAsync());
    }

    /// <summary>However many cases there are: nobody who writes waits for it.</summary>
    [Fact]
    public async Task EraseHidden_WritesOnlyWhereSomethingIsLeft()
    {
        var dispute = DoneIn(await DisputeAsync(Alice, await ArchiveAsync(Alice, 1)));
        DoneIn(await DisputeAsync(Bob, await ArchiveAsync(Bob, 2)));
        await Database.WriteAsync(
            db => db.ExecuteManyAsync(
                "INSERT INTO cases (number, version, kind, stay, facility, state, opened_at) VALUES (@Number, 1, 1, 'x', 'harbour', 2, 0)",
                [.. Enumerable.Range(0, 1200).Select(n => new { Number = dispute.Number.Value + 2 + n })]),
            Cancel);
        var counted = new CountedWrites(Database);
        var book = BookOn(counted);

        Assert.Equal((0, 0), (await book.EraseHiddenAsync(Cancel), counted.Writes));
        await HideAsync();
        Assert.Equal((1, 1), (await book.EraseHiddenAsync(Cancel), counted.Writes));
        Assert.Equal((0, 1), (await book.EraseHiddenAsync(Cancel), counted.Writes));
    }

    [Fact]
    public async Task History_HasNothingThatPeopleWrote_AndCannotBeChanged()
    {
        DoneIn(await DisputeAsync(Alice, await ArchiveAsync(Alice, 1)));

        await Assert.ThrowsAnyAsync<Exception>(() => Database.WriteAsync(db => db.ExecuteAsync("DELETE FROM case_history"), Cancel));
        await Assert.ThrowsAnyAsync<Exception>(
            () => Database.WriteAsync(db => db.ExecuteAsync("UPDATE case_history SET change = 3"), Cancel));
        var columns = await Database.ReadAsync(
            db => db.QueryAsync<string>("SELECT number || ' ' || version || ' ' || change || ' ' || state FROM case_history"), Cancel);
        Assert.Equal(["1000 1 1 1"], columns);
    }

    private protected Task HideAsync() =>
        Database.WriteAsync(db => db.ExecuteAsync("UPDATE subjects SET hidden_at = 1 WHERE subject = 'a'"), Cancel);

    /// <summary>All that is kept of what people wrote.</summary>
    private protected Task<IReadOnlyList<string>> TextsAsync() => Database.ReadAsync(
        db => db.QueryAsync<string>(
            """
            SELECT text FROM case_texts WHERE text IS NOT NULL UNION ALL SELECT assignee FROM case_texts WHERE assignee IS NOT NULL
            UNION ALL SELECT assignee FROM cases WHERE assignee IS NOT NULL
            """),
        Cancel);

    private async Task<IReadOnlyList<long>> AllAsync(CaseState? state)
    {
        var found = new List<long>();
        CasePage? page = null;
        do
        {
            page = await Search.PageAsync(new(null, state, null, null, null, page?.Next, 2), Cancel);
            found.AddRange(page.Cases.Select(one => one.Number.Value));
        }
        while (page.Next is not null);

        return found;
    }
}

/// <summary>A database whose writes are counted.</summary>
internal sealed class CountedWrites(ISqlDatabase database) : ISqlDatabase
{
    public int Writes { get; private set; }

    public string Name => database.Name;

    public Task<T> WriteAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellationToken = default)
    {
        Writes++;
        return database.WriteAsync(work, cancellationToken);
    }

    public Task<T> ReadAsync<T>(Func<SqlSession, Task<T>> query, CancellationToken cancellationToken = default) =>
        database.ReadAsync(query, cancellationToken);

    public void Dispose()
    {
        // The test's database is not this one's.
    }
}

public sealed class SqliteCaseBook() : CaseBookContract(new SqliteUnderTest());

public sealed class PostgresCaseBook(SharedPostgres shared) : CaseBookContract(new PostgresUnderTest(shared))
{
    /// <summary>The holder is erased between the look at them and the text. SQLite has one writer.</summary>
    [Fact]
    public async Task Text_IsNotWritten_OfAHolderWhoIsErasedMeanwhile()
    {
        var (other, third) = (BookOn(await Sql.OpenAsync()), await Sql.OpenAsync());
        var stay = await ArchiveAsync(Alice, 1);
        Task<CaseResult>? overtaken = null;

        await Database.WriteAsync(
            async db =>
            {
                await db.ExecuteAsync("UPDATE subjects SET hidden_at = 1 WHERE subject = 'a'");
                overtaken ??= other.OpenDisputeAsync(NewStep(), Alice, stay, DisputeReason.Other, "my letter");
                await PostgresWaits.ForSomebodyAsync(third, Cancel);
                return true;
            },
            Cancel);

        Assert.Equal(CaseOutcome.NotFound, (await overtaken!).Outcome);
        Assert.Empty(await TextsAsync());
    }
}

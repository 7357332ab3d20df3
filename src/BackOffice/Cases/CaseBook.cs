using NodaTime;
using Parking.BackOffice.Archive;
using Parking.BackOffice.Sql;
using Parking.Codes;
using Parking.Stays;

namespace Parking.BackOffice.Cases;

/// <summary>
/// Cases: what a person has to look at and answer. Each step has a name that its client drew, under which it is done once, however often
/// it is sent; and it is done only to a case that is as its caller saw it.
/// </summary>
/// <remarks>
/// A step begins by locking its stay's holder, so that the steps on one holder's stays come one after the other, and nothing is written of
/// a holder who was erased meanwhile.
/// </remarks>
public sealed class CaseBook(ISqlDatabase sql, StayNames names, ArchiveKeys keys, IClock clock)
{
    /// <summary>How many open disputes a holder may have.</summary>
    public const int MostDisputes = 5;

    /// <summary>How many cases are looked at in one step.</summary>
    private const int Portion = 500;

    /// <summary>Opens a review of a stay.</summary>
    /// <param name="step">Names this, a ULID.</param>
    /// <param name="stay">The public name of the stay.</param>
    /// <param name="text">Why.</param>
    /// <param name="assignee">For whom; null for nobody in particular.</param>
    /// <param name="staff">Who opens it.</param>
    /// <returns>
    /// <see cref="CaseOutcome.Done"/>, <see cref="CaseOutcome.NotFound"/> or <see cref="CaseOutcome.StepTaken"/>.
    /// </returns>
    /// <exception cref="BackOfficeUnavailableException">
    /// The database cannot be used. It may have been done all the same: send it again under the same name.
    /// </exception>
    public Task<CaseResult> OpenReviewAsync(string step, CodeId stay, string text, string? assignee, string staff) => OpenAsync(
        new() { Step = step, Change = CaseChange.Opened, Staff = staff, Text = text, Assignee = assignee },
        CaseKind.Review,
        stay);

    /// <summary>Opens a citizen's dispute of a stay of theirs.</summary>
    /// <param name="step">Names this, a ULID.</param>
    /// <param name="holder">The citizen.</param>
    /// <param name="stay">The public name of the stay.</param>
    /// <param name="reason">What they object to.</param>
    /// <param name="text">What they write.</param>
    /// <returns>
    /// <see cref="CaseOutcome.Done"/>, <see cref="CaseOutcome.NotFound"/>, <see cref="CaseOutcome.StepTaken"/>,
    /// <see cref="CaseOutcome.AlreadyDisputed"/> or <see cref="CaseOutcome.TooMany"/>.
    /// </returns>
    /// <exception cref="BackOfficeUnavailableException">
    /// The database cannot be used. It may have been done all the same: send it again under the same name.
    /// </exception>
    public Task<CaseResult> OpenDisputeAsync(string step, HolderId holder, CodeId stay, DisputeReason reason, string text) => OpenAsync(
        new() { Step = step, Change = CaseChange.Opened, Text = text }, CaseKind.Dispute, stay, reason, holder);

    /// <summary>Assigns, answers or closes a case.</summary>
    /// <returns>
    /// <see cref="CaseOutcome.Done"/>, <see cref="CaseOutcome.NotFound"/>, <see cref="CaseOutcome.Changed"/>,
    /// <see cref="CaseOutcome.Ended"/> or <see cref="CaseOutcome.StepTaken"/>.
    /// </returns>
    /// <exception cref="BackOfficeUnavailableException">
    /// The database cannot be used. It may have been done all the same: send it again under the same name.
    /// </exception>
    public Task<CaseResult> DoAsync(CaseNumber number, CaseAct act) => sql.WriteAsync(async db =>
    {
        var stay = await db.ScalarAsync<string>("SELECT stay FROM cases WHERE number = @Number", new { Number = number.Value });
        if (stay is null || await LockAsync(db, stay) is null || await CaseTable.FindAsync(db, number.Value) is not { } row)
        {
            return new CaseResult(CaseOutcome.NotFound);
        }

        var found = row.ToCase(names);
        var step = new NewStep { Step = act.Step, Change = act.Change, Staff = act.Staff, Text = act.Text, Assignee = act.Assignee };
        if (await CaseTable.FindStepAsync(db, act.Step) is { } done)
        {
            return done.Number == number.Value && step.IsDoneBy(done)
                ? new(CaseOutcome.Done, found) { IsRepeat = true }
                : new(CaseOutcome.StepTaken);
        }

        if (act.Seen != found.Version)
        {
            return new(CaseOutcome.Changed, found);
        }

        if (found.State != CaseState.Open)
        {
            return new(CaseOutcome.Ended, found);
        }

        if (!await CaseTable.AppendAsync(db, number.Value, found.Version + 1, step, Now))
        {
            return new(CaseOutcome.StepTaken);
        }

        await CaseTable.FollowAsync(db, number.Value, found.Version + 1, step, Now);
        return await DoneAsync(db, number.Value);
    });

    /// <summary>Erases what people wrote in the cases of a holder's stays.</summary>
    /// <returns>In how many steps of cases something was erased.</returns>
    /// <exception cref="BackOfficeUnavailableException">The database cannot be used.</exception>
    public Task<int> EraseAsync(HolderId holder) => sql.WriteAsync(db => CaseTable.EraseAsync(
        db, "number IN (SELECT number FROM cases JOIN stays USING (stay) WHERE holder = @Holder)", new { Holder = Signed(holder), Now }));

    /// <summary>
    /// Erases what <see cref="EraseAsync(HolderId)"/> would have, had the database been there when holders were erased. It goes through
    /// all cases, some at a time, and writes only where something is left: nobody else waits for it.
    /// </summary>
    /// <exception cref="BackOfficeUnavailableException">The database cannot be used.</exception>
    public async Task<int> EraseHiddenAsync(CancellationToken cancellationToken)
    {
        var erased = 0;
        var after = 0L;
        while (await sql.ReadAsync(db => CaseTable.KeptAsync(db, after, Portion), cancellationToken) is { Count: > 0 } some)
        {
            long[] numbers = [.. some.Where(row => row.IsLeft > 0).Select(row => row.Number)];
            erased += numbers.Length == 0
                ? 0
                : await sql.WriteAsync(db => CaseTable.EraseAsync(db, db.In("number", "numbers"), new { numbers, Now }), cancellationToken);
            after = some[^1].Number;
        }

        return erased;
    }

    private long Now => clock.GetCurrentInstant().ToMicroseconds();

    private Task<CaseResult> OpenAsync(
        NewStep step, CaseKind kind, CodeId name, DisputeReason? reason = null, HolderId? own = null) => sql.WriteAsync(async db =>
    {
        var stay = keys.StayOf(name);
        if (await LockAsync(db, stay) is not { } place || (own is { } citizen && place.Holder != Signed(citizen)))
        {
            return new CaseResult(CaseOutcome.NotFound);
        }

        if (await CaseTable.FindStepAsync(db, step.Step) is { } done)
        {
            var now = await CaseTable.FindAsync(db, done.Number);
            return now?.ToCase(names) is { } same && same.Stay == name && same.Kind == kind && same.Reason == reason && step.IsDoneBy(done)
                ? new(CaseOutcome.Done, same) { IsRepeat = true }
                : new(CaseOutcome.StepTaken);
        }

        if (kind == CaseKind.Dispute && await FindObstacleAsync(db, stay, place.Holder) is { } obstacle)
        {
            return obstacle;
        }

        var number = await db.ScalarAsync<long>("UPDATE case_numbers SET last = last + 1 RETURNING last");
        if (!await CaseTable.AppendAsync(db, number, 1, step, Now))
        {
            return new(CaseOutcome.StepTaken);
        }

        await db.ExecuteAsync(
            """
            INSERT INTO cases (number, version, kind, stay, facility, state, reason, assignee, opened_at, opened_by)
            VALUES (@Number, 1, @Kind, @Stay, @Facility, @State, @Reason, @Assignee, @OpenedAt, @OpenedBy)
            """,
            new
            {
                Number = number,
                Kind = (long)kind,
                Stay = stay,
                place.Facility,
                State = (long)CaseState.Open,
                Reason = (long?)reason,
                step.Assignee,
                OpenedAt = Now,
                OpenedBy = step.Staff,
            });
        return await DoneAsync(db, number);
    });

    /// <summary>What keeps a holder from opening a dispute of a stay; null for nothing.</summary>
    private async Task<CaseResult?> FindObstacleAsync(SqlSession db, string stay, long holder)
    {
        var open = await db.QueryAsync<OpenRow>(
            $"""
            SELECT number, stay FROM cases JOIN stays USING (stay)
            WHERE holder = @holder AND kind = {(int)CaseKind.Dispute} AND cases.state = {(int)CaseState.Open}
            """,
            new { holder });
        return open.FirstOrDefault(one => one.Stay == stay) is { } same
            ? new(CaseOutcome.AlreadyDisputed, (await CaseTable.FindAsync(db, same.Number))?.ToCase(names))
            : open.Count >= MostDisputes ? new(CaseOutcome.TooMany)
            : null;
    }

    private async Task<CaseResult> DoneAsync(SqlSession db, long number) =>
        new(CaseOutcome.Done, (await CaseTable.FindAsync(db, number))!.ToCase(names));

    /// <summary>Locks a stay's holder until the end of this step.</summary>
    /// <returns>Whose stay it is, and where; null if there is none, or its holder was erased.</returns>
    private static async Task<StayPlace?> LockAsync(SqlSession db, string stay)
    {
        var locked = await db.ExecuteAsync(
            "UPDATE subjects SET content = content WHERE hidden_at IS NULL AND holder = (SELECT holder FROM stays WHERE stay = @stay)",
            new { stay });
        return locked == 0 ? null
            : (await db.QueryAsync<StayPlace>("SELECT holder, facility FROM stays WHERE stay = @stay", new { stay })).SingleOrDefault();
    }

    private static long Signed(HolderId holder) => unchecked((long)holder.Value);

    private sealed record StayPlace
    {
        public long Holder { get; init; }

        public string Facility { get; init; } = "";
    }

    private sealed record OpenRow
    {
        public long Number { get; init; }

        public string Stay { get; init; } = "";
    }
}

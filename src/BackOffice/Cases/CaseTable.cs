using Parking.BackOffice.Sql;

namespace Parking.BackOffice.Cases;

/// <summary>Reads and writes the rows of cases, within one step of the database.</summary>
internal static class CaseTable
{
    /// <summary>The case of a number; null if there is none, or its stay's holder was erased.</summary>
    public static async Task<CaseRow?> FindAsync(SqlSession db, long number) =>
        (await db.QueryAsync<CaseRow>($"{CaseRow.Seen} AND c.number = @number", new { number })).SingleOrDefault();

    /// <summary>The step of a name; null if there is none.</summary>
    public static async Task<StepRow?> FindStepAsync(SqlSession db, string step) =>
        (await db.QueryAsync<StepRow>($"{StepRow.All} WHERE h.step = @step", new { step })).SingleOrDefault();

    /// <summary>Adds a step to the history of a case.</summary>
    /// <returns>False if another step has its name: that of another holder's case, at the same moment.</returns>
    public static async Task<bool> AppendAsync(SqlSession db, long number, long version, NewStep step, long now)
    {
        var values = new
        {
            Number = number,
            Version = version,
            step.Step,
            Change = (long)step.Change,
            State = (long)step.State,
            step.Staff,
            Now = now,
            step.Text,
            step.Assignee,
        };
        var added = await db.ExecuteAsync(
            """
            INSERT INTO case_history (number, version, step, change, state, staff, changed_at)
            VALUES (@Number, @Version, @Step, @Change, @State, @Staff, @Now) ON CONFLICT (step) DO NOTHING
            """,
            values);
        if (added == 1)
        {
            await db.ExecuteAsync(
                "INSERT INTO case_texts (number, version, text, assignee) VALUES (@Number, @Version, @Text, @Assignee)", values);
        }

        return added == 1;
    }

    /// <summary>Makes the case what a step says.</summary>
    public static Task FollowAsync(SqlSession db, long number, long version, NewStep step, long now) => db.ExecuteAsync(
        step.Change == CaseChange.Assigned
            ? "UPDATE cases SET version = @version, assignee = @Assignee WHERE number = @number"
            : "UPDATE cases SET version = @version, state = @State, ended_at = @now, ended_by = @Staff WHERE number = @number",
        new { number, version, now, State = (long)step.State, step.Staff, step.Assignee });

    /// <summary>Some cases, in the order of their numbers, each with whether its texts should be gone and are not.</summary>
    public static Task<IReadOnlyList<KeptRow>> KeptAsync(SqlSession db, long after, int limit) => db.QueryAsync<KeptRow>(
        """
        SELECT number,
          CASE WHEN NOT EXISTS (SELECT 1 FROM stays JOIN subjects USING (holder) WHERE stays.stay = cases.stay AND hidden_at IS NULL)
            AND EXISTS (SELECT 1 FROM case_texts WHERE case_texts.number = cases.number AND erased_at IS NULL)
          THEN 1 ELSE 0 END AS is_left
        FROM cases WHERE number > @after ORDER BY number LIMIT @limit
        """,
        new { after, limit });

    /// <param name="db">The session.</param>
    /// <param name="which">A condition on the <c>number</c> of the cases whose texts are to go.</param>
    /// <param name="values">Its parameters, and <c>Now</c>.</param>
    public static async Task<int> EraseAsync(SqlSession db, string which, object values)
    {
        await db.ExecuteAsync($"UPDATE cases SET assignee = NULL WHERE assignee IS NOT NULL AND {which}", values);
        return await db.ExecuteAsync(
            $"UPDATE case_texts SET text = NULL, assignee = NULL, erased_at = @Now WHERE erased_at IS NULL AND {which}", values);
    }
}

/// <summary>A case, and whether there are texts in it that should have been erased.</summary>
internal sealed record KeptRow
{
    public long Number { get; init; }

    public long IsLeft { get; init; }
}

/// <summary>A step that is to be done.</summary>
internal sealed record NewStep
{
    public required string Step { get; init; }

    public required CaseChange Change { get; init; }

    /// <summary>Null for the stay's holder.</summary>
    public string? Staff { get; init; }

    public string? Text { get; init; }

    public string? Assignee { get; init; }

    /// <summary>The state of the case after it.</summary>
    public CaseState State => Change switch
    {
        CaseChange.Answered => CaseState.Answered,
        CaseChange.Closed => CaseState.Closed,
        _ => CaseState.Open,
    };

    /// <summary>Whether a step that was done is this one, sent before.</summary>
    public bool IsDoneBy(StepRow done) =>
        (Change, Staff, Text, Assignee) == ((CaseChange)done.Change, done.Staff, done.Text, done.Assignee);
}

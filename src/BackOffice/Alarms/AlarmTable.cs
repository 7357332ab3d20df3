using NodaTime;
using Parking.Alarms;
using Parking.BackOffice.Sql;

namespace Parking.BackOffice.Alarms;

/// <summary>
/// Keeps alarms and what changed them, for all instances. Each step is applied to the alarm as it is stored, so an instance that is behind
/// neither doubles an alarm nor undoes what somebody did.
/// </summary>
public sealed class AlarmTable(ISqlDatabase sql)
{
    /// <summary>
    /// Loads the alarms that changed, or were still seen, since a time. Instances' clocks may differ, and a step is committed a little
    /// after its time: ask from well before the last call.
    /// </summary>
    /// <exception cref="BackOfficeUnavailableException">The database is out of reach.</exception>
    public Task<IReadOnlyList<Alarm>> ChangedSinceAsync(Instant since, CancellationToken cancellationToken) => sql.ReadAsync(
        async db => AlarmsOf(await db.QueryAsync<AlarmRow>(
            $"SELECT {AlarmRow.Columns} FROM alarms WHERE changed_at >= @Since", new { Since = since.ToMicroseconds() })),
        cancellationToken);

    /// <summary>
    /// Applies steps, each alarm's in their order, in one transaction. A step that another instance has overtaken is not done: apply it
    /// again.
    /// </summary>
    /// <param name="steps">The steps.</param>
    /// <param name="now">When they are stored.</param>
    /// <param name="cancellationToken">Gives up waiting for the database.</param>
    /// <exception cref="BackOfficeUnavailableException">
    /// The database is out of reach, or was lost before it confirmed. Applying the steps again is harmless.
    /// </exception>
    public Task<AlarmsApplied> ApplyAsync(IReadOnlyList<AlarmStep> steps, Instant now, CancellationToken cancellationToken) =>
        sql.WriteAsync(db => ApplyAsync(db, steps, now.ToMicroseconds()), cancellationToken);

    /// <summary>The alarms that people were told of since a time, and when each was raised.</summary>
    /// <exception cref="BackOfficeUnavailableException">The database is out of reach.</exception>
    public Task<IReadOnlyList<RaisedAlarm>> RaisedSinceAsync(Instant since, CancellationToken cancellationToken) => sql.ReadAsync<
        IReadOnlyList<RaisedAlarm>>(
        async db =>
        [
            .. (await db.QueryAsync<HistoryRow>(
                $"""
                SELECT cause, changed_at FROM alarm_history
                WHERE changed_at >= @Since AND change = {(int)AlarmChange.Raised} AND state = {(int)AlarmState.Unacknowledged}
                ORDER BY changed_at
                """,
                new { Since = since.ToMicroseconds() }))
                .Select(row => AlarmCause.TryParse(row.Cause, out var cause)
                    ? new RaisedAlarm(cause, SqlTime.FromMicroseconds(row.ChangedAt))
                    : null)
                .OfType<RaisedAlarm>(),
        ],
        cancellationToken);

    private static async Task<AlarmsApplied> ApplyAsync(SqlSession db, IReadOnlyList<AlarmStep> steps, long now)
    {
        var (alarms, done) = (new List<Alarm>(), new List<AlarmStep>());
        foreach (var ofOne in steps.GroupBy(step => step.Cause))
        {
            var alarm = await FindAsync(db, ofOne.Key);
            foreach (var step in ofOne)
            {
                var after = alarm.After(step);
                if (after != alarm && !await TryReplaceAsync(db, alarm, after, step, now))
                {
                    // Its other steps wait, too: each builds on the one before.
                    break;
                }

                done.Add(step);
                alarm = after;
            }

            if (alarm.Version > 0)
            {
                alarms.Add(alarm);
            }
        }

        return new(alarms, done);
    }

    private static async Task<Alarm> FindAsync(SqlSession db, AlarmCause cause) => AlarmsOf(await db.QueryAsync<AlarmRow>(
        $"SELECT {AlarmRow.Columns} FROM alarms WHERE cause = @Cause", new { Cause = cause.ToString() })) is [var found]
        ? found
        : Alarm.Never(cause);

    /// <returns>False if the alarm was changed by another instance meanwhile.</returns>
    private static async Task<bool> TryReplaceAsync(SqlSession db, Alarm before, Alarm after, AlarmStep step, long now)
    {
        if (after.Version == before.Version)
        {
            // It is news, too: an instance that does not see the condition learns that another one does.
            await db.ExecuteAsync(
                "UPDATE alarms SET seen_at = @SeenAt, changed_at = @ChangedAt WHERE cause = @Cause AND seen_at < @SeenAt",
                AlarmRow.Of(after, now));
            return true;
        }

        var changed = before.Version == 0
            ? await db.ExecuteAsync(
                $"INSERT INTO alarms ({AlarmRow.Columns}) VALUES ({Values}) ON CONFLICT DO NOTHING", AlarmRow.Of(after, now))
            : await db.ExecuteAsync(
                $"UPDATE alarms SET {Assignments} WHERE cause = @Cause AND version = @Version - 1 AND seen_at <= @SeenAt",
                AlarmRow.Of(after, now));
        if (changed == 0)
        {
            return false;
        }

        // There is such a row already if somebody removed the alarm by hand: that must not keep new alarms from being stored.
        await db.ExecuteAsync(
            """
            INSERT INTO alarm_history (cause, version, change, state, occurrence, changed_at)
            VALUES (@Cause, @Version, @Change, @State, @Occurrence, @ChangedAt) ON CONFLICT DO NOTHING
            """,
            new
            {
                Cause = after.Cause.ToString(),
                after.Version,
                Change = (long)step.Change!.Value,
                State = (long)after.StateAt(step.At),
                after.Occurrence,
                ChangedAt = step.At.ToMicroseconds(),
            });
        return true;
    }

    private static readonly string Values = string.Join(", ", Columns.Select(column => column.Parameter));

    private static readonly string Assignments =
        string.Join(", ", Columns.Where(column => column.Name != "cause").Select(column => $"{column.Name} = {column.Parameter}"));

    /// <summary>The columns with their parameters: <c>raised_at</c> is <c>@RaisedAt</c>.</summary>
    private static IEnumerable<(string Name, string Parameter)> Columns => AlarmRow.Columns.Split(", ").Select(column => (
        column, "@" + string.Concat(column.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]))));

    private static IReadOnlyList<Alarm> AlarmsOf(IEnumerable<AlarmRow> rows) => [.. rows.Select(row => row.ToAlarm()).OfType<Alarm>()];

    private sealed record HistoryRow
    {
        public string Cause { get; init; } = "";

        public long ChangedAt { get; init; }
    }
}

/// <summary>What came of applying steps.</summary>
/// <param name="Alarms">The alarms that they were about, as they are stored now, also those that no step changed.</param>
/// <param name="Done">The steps that are stored, or changed nothing.</param>
public sealed record AlarmsApplied(IReadOnlyList<Alarm> Alarms, IReadOnlyList<AlarmStep> Done);

/// <summary>That an alarm was raised, and people were told.</summary>
/// <param name="Cause">The alarm.</param>
/// <param name="At">When.</param>
public sealed record RaisedAlarm(AlarmCause Cause, Instant At);

using Parking.BackOffice.Archive;
using Parking.BackOffice.Sql;
using Parking.Timelines;

namespace Parking.BackOffice.Use;

/// <summary>The statements about days and the stays that they are counted from.</summary>
internal static class UseTable
{
    public const string Columns =
        "facility, day, time_zone, starts_at, ends_at, computed_at, due_at, known_from, capacity, entries, exits, provisional, "
        + "conflicting, uncollectable, curves";

    private const string StayColumns = "began_at, entered_at, ended_at, ending, state";

    public static async Task<UseDayRow?> FindAsync(SqlSession db, ChangedDay day) => (await db.QueryAsync<UseDayRow>(
        $"SELECT {Columns} FROM use_days WHERE facility = @Facility AND day = @Day", day)).SingleOrDefault();

    /// <summary>When the first archived stay of a facility began; null if there is none.</summary>
    public static Task<long?> FirstStayAsync(SqlSession db, string facility) =>
        db.ScalarAsync<long?>("SELECT MIN(began_at) FROM stays WHERE facility = @facility", new { facility });

    /// <summary>Whether an earlier day of the facility is kept.</summary>
    public static async Task<bool> HasEarlierAsync(SqlSession db, ChangedDay day) => await db.ScalarAsync<string>(
        "SELECT day FROM use_days WHERE facility = @Facility AND day < @Day LIMIT 1", day) is not null;

    /// <summary>
    /// The stays that began before a day's end, and did not end before its start. Those that began on it, those that ended on it, those
    /// that were longer than it, and those that are open: each part is a range of an index, however many stays there are beside it.
    /// </summary>
    /// <remarks>
    /// The plus signs keep a condition from being answered by the index of another part, which has all stays before the day.
    /// </remarks>
    public static Task<IReadOnlyList<UsedStay>> StaysAsync(SqlSession db, UseDayRow day) => db.QueryAsync<UsedStay>(
        $"""
        SELECT {StayColumns} FROM stays
        WHERE facility = @Facility AND began_at >= @StartsAt AND began_at < @EndsAt AND +state < {(int)StayState.Superseded}
        UNION ALL
        SELECT {StayColumns} FROM stays
        WHERE facility = @Facility AND ended_at >= @StartsAt AND ended_at < @EndsAt
          AND +began_at < @StartsAt AND +state < {(int)StayState.Superseded}
        UNION ALL
        SELECT {StayColumns} FROM stays
        WHERE facility = @Facility AND ended_at >= @EndsAt AND ended_at - began_at >= 72000000000
          AND +began_at < @StartsAt AND +state < {(int)StayState.Superseded}
        UNION ALL
        SELECT {StayColumns} FROM stays
        WHERE facility = @Facility AND began_at < @StartsAt AND ending = {(int)StayEnding.Open} AND state < {(int)StayState.Superseded}
        UNION ALL
        SELECT {StayColumns} FROM forgotten_stays
        WHERE facility = @Facility AND ended_at >= @StartsAt AND began_at < @EndsAt
          AND NOT EXISTS (SELECT 1 FROM stays WHERE stays.stay = forgotten_stays.stay)
        """,
        new { day.Facility, day.StartsAt, day.EndsAt });

    /// <summary>How many stays of some facilities are in doubt and began lately: a few ranges of one index.</summary>
    public static Task<IReadOnlyList<DoubtRow>> InDoubtAsync(SqlSession db, string[] ids, long since) => db.QueryAsync<DoubtRow>(
        $"""
        SELECT facility, state, COUNT(*) AS stays FROM stays
        WHERE {db.In("facility", "ids")} AND began_at >= @since
          AND state IN ({(int)StayState.Provisional}, {(int)StayState.Conflicting}, {(int)StayState.Uncollectable})
        GROUP BY facility, state
        """,
        new { ids, since });

    public static Task PutAsync(SqlSession db, UseDayRow day) => db.InsertAsync(
        "use_days",
        Columns,
        [day],
        """
        ON CONFLICT (facility, day) DO UPDATE SET computed_at = excluded.computed_at, due_at = excluded.due_at,
          capacity = excluded.capacity, entries = excluded.entries, exits = excluded.exits, provisional = excluded.provisional,
          conflicting = excluded.conflicting, uncollectable = excluded.uncollectable, curves = excluded.curves
        """);
}

/// <summary>How many stays of a facility are in a state.</summary>
internal sealed record DoubtRow
{
    public string Facility { get; init; } = "";

    public long State { get; init; }

    public long Stays { get; init; }
}

using System.Runtime.ExceptionServices;
using NodaTime;
using NodaTime.Text;
using Parking.BackOffice.Archive;
using Parking.BackOffice.Sql;
using Parking.Facilities;

namespace Parking.BackOffice.Use;

/// <summary>
/// Keeps <c>use_days</c> as the archive says. Each step computes one day of one facility anew and writes it in one transaction, so it may
/// be killed anywhere, done twice, and run by several instances at once.
/// </summary>
/// <remarks>
/// <para>A day is computed because the drain wrote its row of <c>changed_days</c>, or because time passed: its next hour is over. A step
/// holds the day's row of <c>changed_days</c> while it reads stays: whoever computes the same day waits, and a drain that comes in between
/// writes the row again after it. Whoever gets the row only then, and finds that the day was computed meanwhile, leaves it as it is.</para>
/// <para>Days that are not over come first, however many old ones wait. A day that cannot be computed is tried again at the next call, and
/// keeps no other from being computed.</para>
/// <para>When a day is over, its last step asks for the next one in the same transaction. So no day is left out, however long nobody
/// computed. A facility's first day is that of its first archived stay, at most <see cref="ChangedDays.History"/> days ago.</para>
/// </remarks>
public sealed class UseRollup(ISqlDatabase sql, CityDirectory city, IClock clock)
{
    /// <summary>How long after an hour its stays are archived, if nothing is late. What is late changes the day again.</summary>
    public static readonly Duration Margin = Duration.FromMinutes(2);

    /// <summary>How often a day that is not over is computed because of changes.</summary>
    public static readonly Duration LeastDistance = Duration.FromMinutes(5);

    private const int Portion = 64;

    private volatile bool _hasBegun;

    /// <summary>Computes days until none is due but those that fail, each followed by <paramref name="afterEach"/>.</summary>
    /// <param name="isPatient">Whether days that are not over wait for <see cref="LeastDistance"/>.</param>
    /// <param name="afterEach">Sets the pace.</param>
    /// <param name="cancellationToken">Ends it between two days.</param>
    /// <returns>How many days were computed.</returns>
    /// <exception cref="BackOfficeUnavailableException">The database is out of reach.</exception>
    /// <exception cref="Exception">All but some days were computed; this is why the first of them was not.</exception>
    public async Task<int> ComputeAllAsync(bool isPatient, Func<Task> afterEach, CancellationToken cancellationToken)
    {
        var computed = 0;
        var failed = new HashSet<ChangedDay>();
        ExceptionDispatchInfo? first = null;
        try
        {
            if (!_hasBegun)
            {
                await BeginAsync(cancellationToken);
                _hasBegun = true;
            }

            while (await DueAsync(isPatient, failed, cancellationToken) is { Count: > 0 } due)
            {
                foreach (var day in due)
                {
                    try
                    {
                        computed += await ComputeAsync(day, cancellationToken) ? 1 : 0;
                    }
                    catch (Exception e) when (e is not (OperationCanceledException or BackOfficeUnavailableException))
                    {
                        failed.Add(day.Changed);
                        first ??= ExceptionDispatchInfo.Capture(e);
                    }

                    await afterEach();
                }
            }
        }
        catch (BackOfficeUnavailableException)
        {
            // An older copy of the database may come back, or an empty one.
            _hasBegun = false;
            throw;
        }

        first?.Throw();
        return computed;
    }

    /// <summary>Asks for the first day of each facility that has none.</summary>
    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        var first = await sql.ReadAsync(
            async db =>
            {
                var days = new List<ChangedDay>();
                foreach (var facility in city.Facilities)
                {
                    var known = new { Facility = facility.Id.Value };
                    if (await db.ScalarAsync<string>("SELECT day FROM use_days WHERE facility = @Facility LIMIT 1", known) is null)
                    {
                        var began = await UseTable.FirstStayAsync(db, facility.Id.Value);
                        var today = now.InZone(facility.TimeZone).Date;
                        var day = began is { } at ? SqlTime.FromMicroseconds(at).InZone(facility.TimeZone).Date : today;
                        day = LocalDate.Max(LocalDate.Min(day, today), today.PlusDays(-ChangedDays.History));
                        days.Add(new(facility.Id.Value, LocalDatePattern.Iso.Format(day)));
                    }
                }

                return days;
            },
            cancellationToken);
        foreach (var some in first.Chunk(Portion))
        {
            await sql.WriteAsync(
                async db =>
                {
                    await ChangedDays.AddAsync(db, some);
                    return true;
                },
                cancellationToken);
        }
    }

    /// <summary>Some days that are due and did not fail: those that are not over, then all others, the oldest first.</summary>
    private async Task<IReadOnlyList<DueDay>> DueAsync(
        bool isPatient, HashSet<ChangedDay> failed, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        var today = city.Facilities.Select(facility => facility.TimeZone).Distinct().Select(zone => now.InZone(zone).Date)
            .DefaultIfEmpty(now.InUtc().Date).Min();
        var due = await sql.ReadAsync(
            db => db.QueryAsync<DueDay>(
                """
                SELECT facility, day, computed_at FROM (
                  SELECT changed_days.facility, changed_days.day, use_days.computed_at FROM changed_days
                  LEFT JOIN use_days ON use_days.facility = changed_days.facility AND use_days.day = changed_days.day
                  WHERE use_days.due_at IS NULL OR use_days.computed_at <= @Before
                  UNION
                  SELECT facility, day, computed_at FROM use_days WHERE due_at <= @Now
                ) AS due
                ORDER BY CASE WHEN day >= @Today THEN 0 ELSE 1 END, day, facility LIMIT @Limit
                """,
                new
                {
                    Now = now.ToMicroseconds(),
                    Before = isPatient ? (now - LeastDistance).ToMicroseconds() : long.MaxValue,
                    Today = LocalDatePattern.Iso.Format(today),
                    Limit = Portion + failed.Count,
                }),
            cancellationToken);
        return [.. due.Where(day => !failed.Contains(day.Changed))];
    }

    /// <returns>False if there is nothing to compute, or another instance has computed it since it was listed.</returns>
    private Task<bool> ComputeAsync(DueDay due, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        var one = due.Changed;
        return sql.WriteAsync(
            async db =>
            {
                var isAsked = await ChangedDays.TakeAsync(db, one);
                var known = await UseTable.FindAsync(db, one);
                var facility = city.FindFacility(new(one.Facility));
                if ((known is null && facility is null) || (!isAsked && known?.ComputedAt != due.ComputedAt))
                {
                    return false;
                }

                var day = known ?? await NewAsync(db, one, facility!, now);
                var capacity = day.DueAt is null && known is not null ? day.Capacity : facility?.Capacity ?? day.Capacity;
                var stays = await UseTable.StaysAsync(db, day);
                var (counted, nextHour) = UseCounting.Count(day, DateTimeZoneProviders.Tzdb[day.TimeZone], stays, now - Margin);
                await UseTable.PutAsync(db, counted with
                {
                    Capacity = capacity,
                    ComputedAt = now.ToMicroseconds(),
                    DueAt = (nextHour + Margin)?.ToMicroseconds(),
                });
                if (nextHour is null && (known is null || known.DueAt is not null) && facility is not null)
                {
                    await AskForNextAsync(db, one);
                }

                return true;
            },
            cancellationToken);
    }

    private static async Task AskForNextAsync(SqlSession db, ChangedDay day)
    {
        var next = day with { Day = LocalDatePattern.Iso.Format(LocalDatePattern.Iso.Parse(day.Day).Value.PlusDays(1)) };
        if (await UseTable.FindAsync(db, next) is null)
        {
            await ChangedDays.AddAsync(db, [next]);
        }
    }

    /// <summary>A day that was never computed. Of a facility's first day, what was before its first stay is unknown, not empty.</summary>
    private static async Task<UseDayRow> NewAsync(SqlSession db, ChangedDay one, Facility facility, Instant now)
    {
        var (start, end) = LocalHours.BoundsOf(LocalDatePattern.Iso.Parse(one.Day).Value, facility.TimeZone);
        var first = await UseTable.HasEarlierAsync(db, one)
            ? (long?)null
            : await UseTable.FirstStayAsync(db, one.Facility) ?? now.ToMicroseconds();
        return new()
        {
            Facility = one.Facility,
            Day = one.Day,
            TimeZone = facility.TimeZone.Id,
            StartsAt = start.ToMicroseconds(),
            EndsAt = end.ToMicroseconds(),
            KnownFrom = first > start.ToMicroseconds() ? first : null,
        };
    }

    /// <summary>A day that is to be computed, and when that was done last; null for never.</summary>
    private sealed record DueDay
    {
        public string Facility { get; init; } = "";

        public string Day { get; init; } = "";

        public long? ComputedAt { get; init; }

        public ChangedDay Changed => new(Facility, Day);
    }
}

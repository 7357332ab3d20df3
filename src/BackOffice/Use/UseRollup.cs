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
/// writes the row again after it.</para>
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

    /// <summary>Computes days until none is due, each followed by <paramref name="afterEach"/>.</summary>
    /// <param name="isPatient">Whether days that are not over wait for <see cref="LeastDistance"/>.</param>
    /// <param name="afterEach">Sets the pace.</param>
    /// <param name="cancellationToken">Ends it between two days.</param>
    /// <returns>How many days were computed.</returns>
    /// <exception cref="BackOfficeUnavailableException">The database is out of reach.</exception>
    public async Task<int> ComputeAllAsync(bool isPatient, Func<Task> afterEach, CancellationToken cancellationToken)
    {
        var computed = 0;
        try
        {
            if (!_hasBegun)
            {
                await BeginAsync(cancellationToken);
                _hasBegun = true;
            }

            while (await DueAsync(isPatient, cancellationToken) is { Count: > 0 } due)
            {
                foreach (var day in due)
                {
                    await ComputeAsync(day, cancellationToken);
                    computed++;
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

    private Task<IReadOnlyList<ChangedDay>> DueAsync(bool isPatient, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        return sql.ReadAsync(
            db => db.QueryAsync<ChangedDay>(
                $"""
                SELECT changed_days.facility, changed_days.day FROM changed_days
                LEFT JOIN use_days ON use_days.facility = changed_days.facility AND use_days.day = changed_days.day
                WHERE use_days.due_at IS NULL OR use_days.computed_at <= @Before
                UNION
                SELECT facility, day FROM use_days WHERE due_at <= @Now
                ORDER BY day, facility LIMIT {Portion}
                """,
                new
                {
                    Now = now.ToMicroseconds(),
                    Before = isPatient ? (now - LeastDistance).ToMicroseconds() : long.MaxValue,
                }),
            cancellationToken);
    }

    private Task<bool> ComputeAsync(ChangedDay one, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        return sql.WriteAsync(
            async db =>
            {
                // Locks the day, also one that nobody asked for.
                await ChangedDays.AddAsync(db, [one]);
                await db.ExecuteAsync("DELETE FROM changed_days WHERE facility = @Facility AND day = @Day", one);
                var known = await UseTable.FindAsync(db, one);
                var facility = city.FindFacility(new(one.Facility));
                if (known is null && facility is null)
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
}

using NodaTime;
using NodaTime.Text;
using Parking.BackOffice.Sql;
using Parking.Facilities;
using Parking.Timelines;

namespace Parking.BackOffice.Archive;

/// <summary>
/// Which local days of a facility a change of a stay is about: those on which another number of vehicles was parked at some time, and
/// those on which it began or ended, if it is told in another way. Days that are long over are left as they are.
/// </summary>
internal static class ChangedDays
{
    /// <summary>How many days back a change is followed.</summary>
    public const int History = 400;

    /// <param name="facility">The stay's facility.</param>
    /// <param name="before">The stay as it was archived; as it was made if it was not.</param>
    /// <param name="after">The stay as it is to be archived.</param>
    /// <param name="now">When this is.</param>
    public static IEnumerable<ChangedDay> Of(Facility facility, StayRow before, StayRow after, Instant now)
    {
        var zone = facility.TimeZone;
        var latest = now.ToMicroseconds();
        var days = new HashSet<LocalDate>();
        if (IsCounted(before) && IsCounted(after))
        {
            AddIf(before.BeganAt != after.BeganAt || before.EnteredAt != after.EnteredAt, before.BeganAt, after.BeganAt);
            AddIf(before.EndedAt != after.EndedAt, EndOf(before), EndOf(after));
            AddIf(before.State != after.State, after.BeganAt, after.BeganAt);
            AddIf(before.Ending != after.Ending, EndOf(after), EndOf(after));
        }
        else
        {
            AddIf(IsCounted(before), before.BeganAt, EndOf(before));
            AddIf(IsCounted(after), after.BeganAt, EndOf(after));
        }

        return days.Select(day => new ChangedDay(facility.Id.Value, LocalDatePattern.Iso.Format(day)));

        long EndOf(StayRow stay) => stay.EndedAt ?? Math.Max(stay.BeganAt, latest);

        void AddIf(bool isChanged, long one, long other)
        {
            if (!isChanged)
            {
                return;
            }

            var last = DayOf(Math.Max(one, other));
            for (var day = LocalDate.Max(DayOf(Math.Min(one, other)), DayOf(latest).PlusDays(-History)); day <= last; day = day.PlusDays(1))
            {
                days.Add(day);
            }
        }

        LocalDate DayOf(long at) => SqlTime.FromMicroseconds(at).InZone(zone).Date;
    }

    /// <summary>Adds days to those that are to be computed, in the order in which everybody locks them.</summary>
    public static Task AddAsync(SqlSession db, IEnumerable<ChangedDay> days) => db.InsertAsync(
        "changed_days",
        "facility, day, changes",
        [.. days.Distinct().OrderBy(one => one.Facility, StringComparer.Ordinal).ThenBy(one => one.Day, StringComparer.Ordinal)
            .Select(one => new { one.Facility, one.Day, Changes = 1L })],
        "ON CONFLICT (facility, day) DO UPDATE SET changes = changed_days.changes + 1");

    /// <summary>
    /// Takes a day away from those that are to be computed, and locks it until the end of this step, also one that nobody asked for.
    /// </summary>
    /// <returns>Whether somebody had asked for it.</returns>
    public static async Task<bool> TakeAsync(SqlSession db, ChangedDay day)
    {
        await AddAsync(db, [day]);
        var changes = await db.ScalarAsync<long>(
            "DELETE FROM changed_days WHERE facility = @Facility AND day = @Day RETURNING changes", day);
        return changes > 1;
    }

    private static bool IsCounted(StayRow stay) => stay.Facts.Length > 0 && stay.State < (int)StayState.Superseded;
}

/// <summary>A row of <c>changed_days</c>.</summary>
/// <param name="Facility">The facility's id.</param>
/// <param name="Day">Its local day, in ISO 8601.</param>
internal sealed record ChangedDay(string Facility, string Day);

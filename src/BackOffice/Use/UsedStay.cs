using NodaTime;
using Parking.BackOffice.Sql;
using Parking.Timelines;

namespace Parking.BackOffice.Use;

/// <summary>What the use of a facility is counted from: a row of <c>stays</c> or <c>forgotten_stays</c>.</summary>
internal sealed record UsedStay
{
    public long BeganAt { get; init; }

    public long? EnteredAt { get; init; }

    public long? EndedAt { get; init; }

    public long Ending { get; init; }

    public long State { get; init; }
}

/// <summary>Counts stays into a day.</summary>
internal static class UseCounting
{
    /// <param name="day">The day, of which facility, zone, bounds and capacity are set.</param>
    /// <param name="zone">The day's zone.</param>
    /// <param name="stays">All stays of the facility that began before its end, and did not end before its start.</param>
    /// <param name="knownTo">Up to when the archive has them. Hours that end later are not told.</param>
    /// <returns>The day with what is counted, and where the first hour ends that is not over; null if there is none.</returns>
    public static (UseDayRow Day, Instant? NextHour) Count(
        UseDayRow day, DateTimeZone zone, IEnumerable<UsedStay> stays, Instant knownTo)
    {
        var bounds = LocalHours.Of(SqlTime.FromMicroseconds(day.StartsAt), SqlTime.FromMicroseconds(day.EndsAt), zone);
        var hours = bounds.Select(bound => bound.ToMicroseconds()).ToArray();
        var isOver = bounds.Skip(1).Count(end => end <= knownTo);
        var occupied = new long[isOver];
        var dwell = new DwellHistogram();
        var states = new long[(int)StayState.Uncollectable + 1];
        long entries = 0, exits = 0;
        foreach (var stay in stays)
        {
            if (IsOfDay(stay.BeganAt))
            {
                states[stay.State]++;
            }

            if (stay.EndedAt is { } ended && IsOfDay(ended) && stay.Ending is (long)StayEnding.Exited or (long)StayEnding.MissedEntry)
            {
                exits++;
                if (stay.EnteredAt is { } from)
                {
                    dwell.Add(SqlTime.FromMicroseconds(ended) - SqlTime.FromMicroseconds(from));
                }
            }

            if (stay.EnteredAt is { } entered)
            {
                entries += IsOfDay(entered) ? 1 : 0;
                Fill(entered, stay.EndedAt ?? long.MaxValue);
            }
        }

        return (
            day with
            {
                Entries = entries,
                Exits = exits,
                Provisional = states[(int)StayState.Provisional],
                Conflicting = states[(int)StayState.Conflicting],
                Uncollectable = states[(int)StayState.Uncollectable],
                Curves = UseCurves.Write([.. occupied.Select(time => (time + 500) / 1000)], dwell),
            },
            isOver < bounds.Count - 1 ? bounds[isOver + 1] : null);

        bool IsOfDay(long at) => at >= day.StartsAt && at < day.EndsAt;

        void Fill(long from, long to)
        {
            for (var i = 0; i < isOver && hours[i] < to; i++)
            {
                occupied[i] += Math.Max(0, Math.Min(to, hours[i + 1]) - Math.Max(from, hours[i]));
            }
        }
    }
}

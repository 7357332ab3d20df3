using NodaTime;
using Parking.BackOffice.Sql;
using Parking.BackOffice.Use;
using Parking.Timelines;

namespace Parking.BackOffice.Tests.Use;

/// <summary>
/// Says how a facility was used in another way than the service does: it goes through time minute by minute, looks at the clock on the
/// wall, and counts who is parked. Times of stays are whole minutes.
/// </summary>
internal static class UseOracle
{
    /// <summary>What is wrong with a day.</summary>
    /// <param name="day">The day as it was computed.</param>
    /// <param name="stays">All stays of the facility, as they are archived.</param>
    /// <param name="now">When it was computed.</param>
    public static IEnumerable<string> Check(UseDay day, IReadOnlyCollection<UsedStay> stays, Instant now)
    {
        var counted = stays.Where(stay => stay.State < (int)StayState.Superseded).ToList();
        var told = now - UseRollup.Margin;
        var hours = new Dictionary<(LocalDate Day, int Hour, Offset Offset), (Instant Start, int Minutes, int Taken)>();
        for (var at = day.Day.AtStartOfDayInZone(day.TimeZone).ToInstant(); at.InZone(day.TimeZone).Date == day.Day;
            at += Duration.FromMinutes(1))
        {
            var shown = at.InZone(day.TimeZone);
            var key = (shown.Date, shown.Hour, shown.Offset);
            var hour = hours.GetValueOrDefault(key, (Start: at, Minutes: 0, Taken: 0));
            hours[key] = (hour.Start, hour.Minutes + 1, hour.Taken + counted.Count(stay => IsParked(stay, at.ToMicroseconds())));
        }

        var over = hours.Values.OrderBy(hour => hour.Start)
            .Where(hour => hour.Start + Duration.FromMinutes(hour.Minutes) <= told).ToList();
        var expected = over.Where(hour => day.KnownFrom is null || hour.Start >= day.KnownFrom)
            .Select(hour => new UseHour(hour.Start, Duration.FromMinutes(hour.Minutes), Duration.FromMinutes(hour.Taken))).ToList();
        if (!day.Hours.SequenceEqual(expected))
        {
            yield return $"{day.Day}: hours {string.Join(" ", day.Hours)}, not {string.Join(" ", expected)}";
        }

        var ended = counted.Where(stay => IsOn(stay.EndedAt)).Where(
            stay => stay.Ending is (long)StayEnding.Exited or (long)StayEnding.MissedEntry).ToList();
        var began = counted.Where(stay => IsOn(stay.EnteredAt ?? stay.EndedAt)).ToList();
        var numbers = (
            counted.Count(stay => IsOn(stay.EnteredAt)), ended.Count, Of(StayState.Provisional), Of(StayState.Conflicting),
            Of(StayState.Uncollectable), hours.Count == over.Count);
        var found = (day.Entries, day.Exits, day.Provisional, day.Conflicting, day.Uncollectable, day.IsWhole);
        if (found != numbers)
        {
            yield return $"{day.Day}: {found}, not {numbers}";
        }

        var dwell = ended.Where(stay => stay.EnteredAt is not null)
            .Select(stay => (stay.EndedAt!.Value - stay.EnteredAt!.Value) / 60_000_000).Order().ToList();
        foreach (var percent in new[] { 1, 50, 90, 100 })
        {
            var percentile = day.Dwell.Percentile(percent);
            var isRight = dwell.Count == 0
                ? percentile is null
                : percentile is not null && dwell[(int)Math.Ceiling(dwell.Count * percent / 100m) - 1] is var exact
                    && exact >= percentile.AtLeast && (percentile.Below is null || exact < percentile.Below)
                    && percentile.Minutes >= percentile.AtLeast && percentile.Minutes <= (percentile.Below ?? double.MaxValue);
            if (!isRight)
            {
                yield return $"{day.Day}: p{percent} is {percentile} of {string.Join(" ", dwell)}";
            }
        }

        bool IsOn(long? at) => at is { } known && SqlTime.FromMicroseconds(known).InZone(day.TimeZone).Date == day.Day;

        long Of(StayState state) => began.Count(stay => stay.State == (int)state);
    }

    private static bool IsParked(UsedStay stay, long at) => stay.EnteredAt <= at && (stay.EndedAt is null || at < stay.EndedAt);
}

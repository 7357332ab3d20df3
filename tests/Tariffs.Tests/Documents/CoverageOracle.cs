using System.Globalization;
using System.Numerics;

namespace Parking.Tariffs.Tests.Documents;

/// <summary>One of a band's active times as the oracle of the coverage check knows it.</summary>
/// <param name="Band">The band's place.</param>
/// <param name="Days">Names of days as documents write them; empty: all.</param>
/// <param name="Dates">Ranges as documents write them, <c>MM-dd</c> or <c>yyyy-MM-dd</c>; empty: all.</param>
/// <param name="Start">The first hour.</param>
/// <param name="End">The hour after the last: at most 24; not above <paramref name="Start"/>, if it goes over midnight.</param>
internal sealed record OracleTime(int Band, string[] Days, (string From, string To)[] Dates, int Start, int End);

/// <summary>
/// Looks for gaps and overlaps in the most stupid way: rule 5 by the letter, at each hour at which anything begins or ends, on many dates,
/// under everything that a calendar may say of the day before, of the day and of the day after.
/// </summary>
internal sealed class CoverageOracle(IReadOnlyList<OracleTime> times, bool hasRest)
{
    private readonly HashSet<string> _words = [.. times.SelectMany(time => time.Days)];
    private readonly int[] _hours = [.. times.SelectMany(time => new[] { 0, time.Start, time.End % 24 }).Distinct()];

    public bool RestHolds { get; private set; }

    /// <summary>Whether on each of the dates each hour has one band.</summary>
    public bool IsWhole(IEnumerable<DateOnly> dates) => dates.All(IsWhole);

    private bool IsWhole(DateOnly date)
    {
        var today = times.Where(time => FitsDate(time, date)).ToArray();
        var yesterday = times.Where(time => time.End <= time.Start && FitsDate(time, date.AddDays(-1))).ToArray();
        for (var bits = 0; bits < 32; bits++)
        {
            var (holidayBefore, holiday, holidayAfter) = ((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0);
            var namesBefore = NamesOf(date.AddDays(-1), holidayBefore, holiday, swapped: (bits & 8) != 0);
            var names = NamesOf(date, holiday, holidayAfter, swapped: (bits & 16) != 0);
            foreach (var hour in _hours)
            {
                var bands = 0;
                foreach (var time in today)
                {
                    if (time.Start <= hour && (hour < time.End || time.End <= time.Start) && FitsNames(time, names))
                    {
                        bands |= 1 << time.Band;
                    }
                }

                foreach (var time in yesterday)
                {
                    if (hour < time.End && FitsNames(time, namesBefore))
                    {
                        bands |= 1 << time.Band;
                    }
                }

                RestHolds |= bands == 0;
                if (!BitOperations.IsPow2(bands) && (bands > 0 || !hasRest))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool FitsNames(OracleTime time, string[] names) => time.Days.Length == 0 || time.Days.Any(names.Contains);

    private static bool FitsDate(OracleTime time, DateOnly date) =>
        time.Dates.Length == 0 || time.Dates.Any(range => IsIn(date, range.From, range.To));

    private static bool IsIn(DateOnly date, string from, string to)
    {
        // Dates of one form compare as their texts do.
        var text = date.ToString(from.Length == 5 ? "MM-dd" : "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var (begun, notOver) = (string.CompareOrdinal(from, text) <= 0, string.CompareOrdinal(text, to) <= 0);
        return string.CompareOrdinal(from, to) <= 0 ? begun && notOver : begun || notOver;
    }

    /// <param name="date">The date.</param>
    /// <param name="holiday">Whether the calendar has it as a public holiday.</param>
    /// <param name="holidayAfter">Whether it has the next day as one.</param>
    /// <param name="swapped">Whether it is a day off given for a holiday, or a weekend day worked instead.</param>
    private string[] NamesOf(DateOnly date, bool holiday, bool holidayAfter, bool swapped)
    {
        if (holiday && _words.Contains("publicHoliday"))
        {
            return ["publicHoliday"];
        }

        if (!holiday && holidayAfter && _words.Contains("holidayEve"))
        {
            return ["holidayEve"];
        }

        var isWeekend = date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
        var weekday = date.DayOfWeek.ToString()[..3].ToLowerInvariant();
        return [weekday, holiday || (isWeekend != swapped) ? "restDay" : "workday"];
    }
}

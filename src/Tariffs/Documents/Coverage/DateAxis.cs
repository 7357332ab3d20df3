using NodaTime;
using Parking.Tariffs.Rates;

namespace Parking.Tariffs.Documents.Coverage;

/// <summary>
/// Divides dates into stretches in which the same date ranges apply. Days are numbered as in <see cref="DateOnly.DayNumber"/>.
/// </summary>
internal static class DateAxis
{
    /// <summary>
    /// Within this many years, each day of the year, including 29 February, falls on each weekday, even though 2100 has no leap day.
    /// </summary>
    private const int YearsForEveryWeekday = 40;

    private const int AnyYear = 2024;

    /// <summary>
    /// The first days of the stretches, ascending, then the day after the last stretch. Dates before and after repeat those between. The
    /// first day is a Sunday, so that Monday is the first day with a known previous day.
    /// </summary>
    public static int[] Boundaries(IReadOnlyCollection<DateSpan> spans)
    {
        var ofOneYear = spans.Where(span => !span.EveryYear).ToList();
        var firstYear = ofOneYear.Select(span => DateOnly.FromDayNumber(span.From).Year).DefaultIfEmpty(AnyYear).Min() - 1;
        var lastYear = ofOneYear.Select(span => DateOnly.FromDayNumber(span.To).Year).DefaultIfEmpty(AnyYear).Max() + YearsForEveryWeekday;
        var first = new DateOnly(firstYear, 1, 1).DayNumber;
        var boundaries = new SortedSet<int> { first - (first % 7) - 1, new DateOnly(lastYear + 1, 1, 1).DayNumber };
        foreach (var span in ofOneYear)
        {
            boundaries.Add(span.From);
            boundaries.Add(span.To + 1);
        }

        foreach (var span in spans.Where(span => span.EveryYear).Distinct())
        {
            for (var year = firstYear; year <= lastYear; year++)
            {
                boundaries.Add(FirstFrom(year, span.From));
                boundaries.Add(FirstFrom(year, span.To + 1));
            }
        }

        return [.. boundaries];
    }

    /// <summary>The key of a day in its year: month × 100 + day.</summary>
    public static int KeyOf(int dayNumber)
    {
        var date = DateOnly.FromDayNumber(dayNumber);
        return (date.Month * 100) + date.Day;
    }

    /// <summary>The first day of a year with this key or a later one. The key need not be a date: 0431 gives 1 May.</summary>
    private static int FirstFrom(int year, int key)
    {
        var (month, day) = (key / 100, key % 100);
        return day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day).DayNumber
            : new DateOnly(year, month, 1).AddMonths(1).DayNumber;
    }
}

/// <summary>A <see cref="DateRange"/> as numbers, for fast comparison.</summary>
/// <param name="EveryYear">Whether the ends are keys in a year (month × 100 + day) instead of day numbers.</param>
/// <param name="From">The first, inclusive.</param>
/// <param name="To">The last, inclusive.</param>
internal readonly record struct DateSpan(bool EveryYear, int From, int To)
{
    public static DateSpan Of(DateRange range) => range.From is { } from
        ? new(false, DayNumber(from), DayNumber(range.To!.Value))
        : new(true, Key(range.EveryYearFrom!.Value), Key(range.EveryYearTo!.Value));

    /// <summary>Whether a day, given by its number and its key, lies in the span.</summary>
    public bool Contains(int dayNumber, int key) => !EveryYear
        ? From <= dayNumber && dayNumber <= To
        : From <= To ? From <= key && key <= To : From <= key || key <= To;

    private static int DayNumber(LocalDate date) => date.ToDateOnly().DayNumber;

    private static int Key(AnnualDate date) => (date.Month * 100) + date.Day;
}
